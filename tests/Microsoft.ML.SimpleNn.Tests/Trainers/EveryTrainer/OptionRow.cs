using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What an option may be, and a change of it that shows in the trained model.</summary>
/// <param name="Name">The option.</param>
internal sealed record OptionRow(string Name)
{
    /// <summary>The options that the row is for; null for all that have no row of their own.</summary>
    public Type? Of { get; init; }

    /// <summary>Values in range: its ends, and null where that is a value.</summary>
    public object?[] Accepted { get; init; } = [];

    /// <summary>Values out of range: the nearest beyond each end, NaN and infinity.</summary>
    public object?[] Refused { get; init; } = [];

    /// <summary>The end of the sentence in which they are refused: range and remedy.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The row of an option that is a number.</summary>
    /// <param name="constraint">What is said of it.</param>
    /// <param name="mayBeNull">Whether it may be null too.</param>
    public static OptionRow For<T>(OptionConstraint<T> constraint, bool mayBeNull = false)
        where T : struct, IComparable<T>, IFormattable
    {
        object?[] refused = IntervalEnds.Out(constraint.Range);
        string sentence = mayBeNull ? constraint.Refuse((T?)refused[0])! : constraint.Refuse((T)refused[0]!)!;
        return new(constraint.Name) { Accepted = [.. mayBeNull ? [null] : (object?[])[], .. IntervalEnds.In(constraint.Range)], Refused = refused, Remedy = sentence[(sentence.IndexOf(": it ", StringComparison.Ordinal) + 5)..^1] };
    }

    /// <summary>What else is set when the effect is shown.</summary>
    public Action<SimpleNnOptionsBase> Given { get; init; } = _ => { };

    /// <summary>Changes the option to a value with another effect; null where the range is one value.</summary>
    public Action<SimpleNnOptionsBase>? Change { get; init; }

    /// <summary>Whether the model must stay the same, bit by bit.</summary>
    public bool ModelStays { get; init; }
}
