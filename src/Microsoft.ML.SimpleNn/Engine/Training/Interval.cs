using System.Globalization;

namespace Microsoft.ML.SimpleNn;

/// <summary>The values from one end to another. NaN and infinity are in none.</summary>
/// <param name="Least">The lower end.</param>
/// <param name="IsLeastIn">Whether the lower end is a value of it.</param>
/// <param name="Most">The upper end; null for none.</param>
/// <param name="IsMostIn">Whether the upper end is a value of it.</param>
internal readonly record struct Interval<T>(T Least, bool IsLeastIn = true, T? Most = null, bool IsMostIn = true)
    where T : struct, IComparable<T>, IFormattable
{
    private static bool HasInfinity => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    /// <summary>Whether a value is one of them.</summary>
    public bool Contains(T value)
    {
        if (!double.IsFinite(value switch { float number => number, double number => number, _ => 0 }))
            return false;
        int above = value.CompareTo(Least), below = Most is T most ? most.CompareTo(value) : 1;
        return (IsLeastIn ? above >= 0 : above > 0) && (IsMostIn ? below >= 0 : below > 0);
    }

    /// <summary>The interval in words, as the end of a sentence that begins with "it must be".</summary>
    /// <param name="unit">Of what the values are so many, in the singular; empty where they are bare numbers.</param>
    public string ToString(string unit)
    {
        string least = Text(Least), one = unit.Length == 0 ? "" : $" {unit}", many = unit.Length == 0 ? "" : $" {unit}s";
        return (IsLeastIn, IsMostIn, Most) switch
        {
            (true, _, null) => HasInfinity ? $"a finite number, {least} or more" : $"{least}{one} or more",
            (false, _, null) => HasInfinity ? $"a finite number above {least}" : $"above {least}{many}",
            (true, true, T most) => $"{least} to {Text(most)}{many}",
            (true, false, T most) => $"{least} or more and below {Text(most)}",
            (false, true, T most) => $"above {least} and at most {Text(most)}",
            (false, false, T most) => $"above {least} and below {Text(most)}",
        };
    }

    private static string Text(T end) => end is TimeSpan time && time == TimeSpan.Zero ? "zero" : end.ToString(null, CultureInfo.InvariantCulture);
}
