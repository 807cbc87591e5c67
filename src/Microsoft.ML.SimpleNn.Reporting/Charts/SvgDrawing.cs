using System.Globalization;
using System.Text.RegularExpressions;
using OxyPlot;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Draws a plot as SVG that is part of a page and as wide as its place.</summary>
internal static partial class SvgDrawing
{
    private const double Width = 380, Height = 250;

    /// <summary>Draws.</summary>
    public static string Of(PlotModel plot)
    {
        var exporter = new SvgExporter { Width = Width, Height = Height, IsDocument = false, TextMeasurer = new TextMeasurer(Width, Height) };
        string svg = exporter.ExportToString(plot);
        string head = string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\">");
        return ChartColor.ToVariables(Head().Replace(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..], head, 1));
    }

    [GeneratedRegex("^<svg[^>]*>")]
    private static partial Regex Head();

    /// <summary>
    /// Says how much room a text takes. OxyPlot's own measure is Arial's width in points, 3/4 of the pixels that an SVG counts in,
    /// and where the viewer has no Arial its substitute can be a sixth wider.
    /// </summary>
    private sealed class TextMeasurer(double width, double height) : PdfRenderContext(width, height, OxyColors.White)
    {
        private const double PixelsPerPoint = 4.0 / 3;
        private const double RoomForOtherFonts = 7.0 / 6;

        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            OxySize points = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(points.Width * PixelsPerPoint * RoomForOtherFonts, points.Height * PixelsPerPoint);
        }
    }
}
