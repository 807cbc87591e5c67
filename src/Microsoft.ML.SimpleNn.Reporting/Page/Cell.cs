namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says; it is encoded when it is written.</param>
internal readonly record struct Cell(string Text)
{
    /// <summary>Whether it stands with the others of its column at the right.</summary>
    public bool IsNumber { get; private init; }

    /// <summary>The length of a bar, 0 to 1; null for none.</summary>
    public double? Bar { get; private init; }

    /// <summary>How strong the ground is, 0 to 1, and whether it shows what is wrong; null for none.</summary>
    public (double Strength, bool IsWrong)? Heat { get; private init; }

    /// <summary>The address of a picture, which <see cref="Text"/> describes; null for none.</summary>
    public string? Picture { get; private init; }

    public static implicit operator Cell(string text) => new(text);

    public static implicit operator Cell(double number) => new(Number.Text(number)) { IsNumber = true };

    /// <summary>A bar.</summary>
    /// <param name="length">Its length, 0 to 1.</param>
    public static Cell OfBar(double length) => new("") { Bar = Math.Clamp(double.IsFinite(length) ? length : 0, 0, 1) };

    /// <summary>A picture.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="description">What it shows.</param>
    public static Cell OfPicture(string address, string description) => new(description) { Picture = address };

    /// <summary>A number on a ground.</summary>
    /// <param name="number">The number.</param>
    /// <param name="strength">How strong the ground is, 0 to 1.</param>
    /// <param name="isWrong">Whether it shows what is wrong.</param>
    public static Cell OfHeat(double number, double strength, bool isWrong) => new(Number.Text(number)) { IsNumber = true, Heat = (strength, isWrong) };
}
