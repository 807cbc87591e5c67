using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>Numbers as a table shows them; a dash for one that there is not.</summary>
internal static class Cell
{
    /// <summary>Microseconds, to three digits.</summary>
    public static string Microseconds(double seconds) => Digits(seconds * 1e6);

    /// <summary>Milliseconds, to three digits.</summary>
    public static string Milliseconds(double seconds) => Digits(seconds * 1e3);

    /// <summary>Three digits, or as many as there are before the point.</summary>
    public static string Digits(double value) => Of(value, Math.Abs(value) < 1 ? "0.000" : Math.Abs(value) < 10 ? "0.00" : Math.Abs(value) < 100 ? "0.0" : "N0");

    /// <summary>A ratio, emphasised.</summary>
    public static string Ratio(double value) => Of(value, value < 10 ? "**0.00x**" : "**0.0x**");

    /// <summary>A share, in percent.</summary>
    public static string Share(double value) => Of(value, "0 %");

    /// <summary>A whole number.</summary>
    public static string Count(double value) => Of(value, "N0");

    /// <summary>A side's threads.</summary>
    public static string Threads(int threads) => threads == 0 ? "-" : threads.ToString(CultureInfo.InvariantCulture);

    private static string Of(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
}
