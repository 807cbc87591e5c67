using System.Globalization;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Numbers as the page shows them, in the invariant culture.</summary>
internal static class Number
{
    private const double LargestWithoutPower = 1e12;
    private const double Thousand = 1000;

    /// <summary>Whole numbers and large ones with separators, others with four digits; a dash for what is not known.</summary>
    public static string Text(double number)
    {
        double size = Math.Abs(number);
        if (double.IsNaN(number))
            return "–";
        bool isWhole = number == Math.Truncate(number) || size >= Thousand;
        return number.ToString(isWhole && size < LargestWithoutPower ? "#,0" : "G4", CultureInfo.InvariantCulture);
    }

    /// <summary>A part of a whole, in percent.</summary>
    public static string Percent(double part) => double.IsNaN(part) ? "–" : part.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>A time in a unit that suits it.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
    };

    /// <summary>A number of things.</summary>
    public static string Count(long count, string one, string several) => $"{Text(count)} {(count == 1 ? one : several)}";
}
