using System.Globalization;
using OxyPlot;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>
/// The colours of charts. OxyPlot draws with colours that stand for variables of the page, so that one drawing is light or dark as the page is.
/// </summary>
internal static class ChartColor
{
    private static readonly string[] Variables = ["--text", "--quiet", "--grid", "--s1", "--s2", "--s3", "--s4", "--s5", "--s6"];

    /// <summary>Of letters.</summary>
    public static OxyColor Text => At(0);

    /// <summary>Of what stands back.</summary>
    public static OxyColor Quiet => At(1);

    /// <summary>Of lines of the grid.</summary>
    public static OxyColor Grid => At(2);

    /// <summary>How many curves differ in colour.</summary>
    public static int Count => Variables.Length - FirstSeries;

    private const int FirstSeries = 3;

    /// <summary>Of a curve.</summary>
    public static OxyColor Series(int index) => At(FirstSeries + (index % Count));

    /// <summary>The same, as the page names it.</summary>
    public static string SeriesVariable(int index) => $"var({Variables[FirstSeries + (index % Count)]})";

    /// <summary>Puts the variables in the place of the colours that stand for them.</summary>
    public static string ToVariables(string svg)
    {
        for (int i = 0; i < Variables.Length; i++)
        {
            OxyColor color = At(i);
            string hexadecimal = string.Create(CultureInfo.InvariantCulture, $"#{color.R:x2}{color.G:x2}{color.B:x2}");
            svg = svg.Replace(hexadecimal, $"var({Variables[i]})", StringComparison.OrdinalIgnoreCase)
                .Replace(string.Create(CultureInfo.InvariantCulture, $"rgb({color.R},{color.G},{color.B})"), $"var({Variables[i]})", StringComparison.Ordinal);
        }
        return svg;
    }

    private static OxyColor At(int variable) => OxyColor.FromRgb(1, 2, (byte)(variable + 1));
}
