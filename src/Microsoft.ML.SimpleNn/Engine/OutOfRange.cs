using System.Globalization;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The exception of a value out of its range. The runtime's own adds the value in the culture of the thread, which turns 0.5 into 0,5 beside a range that is
/// written with points.
/// </summary>
internal static class OutOfRange
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The parameter or property.</param>
    /// <param name="value">Its value.</param>
    /// <param name="message">What it must be.</param>
    public static ArgumentOutOfRangeException Exception(string name, IFormattable value, FormattableString message) =>
        new(name, value.ToString(null, CultureInfo.InvariantCulture), FormattableString.Invariant(message));
}
