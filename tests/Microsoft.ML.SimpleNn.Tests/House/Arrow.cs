namespace Microsoft.ML.SimpleNn.Tests.House;

/// <summary>A type that names another.</summary>
/// <param name="From">The full name of the one.</param>
/// <param name="FromFile">Its file, below the sources' folder.</param>
/// <param name="To">The full name of the other.</param>
/// <param name="ToFile">Its file.</param>
internal sealed record Arrow(string From, string FromFile, string To, string ToFile)
{
    /// <summary>Whether it leads downwards, or stays in its room.</summary>
    public bool IsAllowed => Floors.Allow(FromFile, ToFile);

    public override string ToString() => $"{From} ({FromFile}) names {To} ({ToFile})";
}
