using System.Globalization;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// What is to be said of an option that is a number, once: its range, unit, default and remedy. The options of the engine and those of its callers are checked
/// by it, in the same words, and the documents are held to it.
/// </summary>
/// <param name="Name">The name of the option.</param>
/// <param name="Range">What it may be.</param>
internal sealed record OptionConstraint<T>(string Name, Interval<T> Range)
    where T : struct, IComparable<T>, IFormattable
{
    /// <summary>Of what the option counts so many, in the singular; empty for a bare number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Its value where nobody sets it, unless it may be null: then it is null.</summary>
    public T Default { get; init; }

    /// <summary>What to do about a value that is out of range, as the end of a sentence; empty where the range says it all.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>What null means, as the end of a sentence that begins "with null"; empty where that needs no words.</summary>
    public string Null { get; init; } = "";

    /// <summary>The range in words: "1 epoch or more".</summary>
    public string RangeText => Range.ToString(Unit);

    /// <summary>Why a value is refused, with what to do; null for one that is in range.</summary>
    public string? Refuse(T value) => Range.Contains(value) ? null : Sentence(value, Remedy);

    /// <summary>The same of an option that may be null.</summary>
    public string? Refuse(T? value) => value is not T number || Range.Contains(number) ? null
        : Sentence(number, string.Join(", and ", new[] { Remedy, Null.Length == 0 ? "" : $"with null {Null}" }.Where(part => part.Length > 0)));

    /// <summary>Gives the value back, or throws where it is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public T Check(T value) => Refuse(value) is string refusal ? throw OutOfRange.Exception(Name, value, $"{refusal}") : value;

    /// <inheritdoc cref="Check(T)"/>
    public T? Check(T? value) => Refuse(value) is string refusal ? throw OutOfRange.Exception(Name, value!.Value, $"{refusal}") : value;

    private string Sentence(T value, string remedy) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} is {value}: it must be {RangeText}{(remedy.Length == 0 ? "" : $"; {remedy}")}.");
}
