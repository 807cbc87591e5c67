using System.Globalization;
using System.Text;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Draws a network: a column of units for each layer, lines between them, and the sizes below.</summary>
internal static class NetworkDrawing
{
    private const int ColumnWidth = 116, UnitDistance = 24, Top = 16, MostUnits = 7, LineHeight = 16;
    private const int Middle = Top + (MostUnits * UnitDistance / 2), Bottom = Top + (MostUnits * UnitDistance);

    /// <summary>Draws.</summary>
    /// <param name="columns">The columns: how many units there are, and the lines of text below.</param>
    public static string Of(IReadOnlyList<(int Units, string[] Lines)> columns)
    {
        int width = columns.Count * ColumnWidth, height = Bottom + ((columns.Max(column => column.Lines.Length) + 1) * LineHeight);
        StringBuilder svg = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-size=\"12\" text-anchor=\"middle\">");
        for (int i = 1; i < columns.Count; i++)
            foreach (double from in Heights(columns[i - 1].Units))
                foreach (double to in Heights(columns[i].Units))
                    svg.Append(CultureInfo.InvariantCulture,
                        $"<line x1=\"{X(i - 1)}\" y1=\"{from}\" x2=\"{X(i)}\" y2=\"{to}\" style=\"stroke:var(--edge);stroke-width:.7\"/>");
        for (int i = 0; i < columns.Count; i++)
            Column(svg, X(i), i, columns[i]);
        return svg.Append("</svg>").ToString();
    }

    private static int X(int column) => (column * ColumnWidth) + (ColumnWidth / 2);

    private static void Column(StringBuilder svg, int x, int index, (int Units, string[] Lines) column)
    {
        foreach (double y in Heights(column.Units))
            svg.Append(CultureInfo.InvariantCulture,
                $"<circle cx=\"{x}\" cy=\"{y}\" r=\"7\" style=\"fill:{ChartColor.SeriesVariable(index == 0 ? 1 : 0)};stroke:var(--card);stroke-width:1.5\"/>");
        // The dots stand for the units that have no room.
        for (int dot = -1; dot <= 1 && column.Units > MostUnits; dot++)
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x}\" cy=\"{Middle + (dot * 6)}\" r=\"1.6\" style=\"fill:var(--quiet)\"/>");
        for (int i = 0; i < column.Lines.Length; i++)
        {
            (int y, string color) = (Bottom + ((i + 1) * LineHeight), i == 0 ? "--text" : "--quiet");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" style=\"fill:var({color})\">{Html.Encode(column.Lines[i])}</text>");
        }
    }

    /// <summary>Where units stand: all of a few; of many, those at both ends.</summary>
    private static IEnumerable<double> Heights(int units)
    {
        int shown = Math.Min(units, MostUnits);
        for (int i = 0; i < shown; i++)
            if (units <= MostUnits || i != MostUnits / 2)
                yield return Middle + ((i - ((shown - 1) / 2.0)) * UnitDistance);
    }
}
