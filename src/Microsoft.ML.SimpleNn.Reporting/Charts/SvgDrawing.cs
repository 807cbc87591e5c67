using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
        return ChartColor.ToVariables(WithOwnIds(Head().Replace(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..], head, 1)));
    }

    /// <summary>
    /// OxyPlot counts the areas beyond which it does not draw from 1 in each drawing, but on a page the first of a name counts: each drawing would be cut as
    /// the first one is. Two drawings that have the same names after this are the same.
    /// </summary>
    private static string WithOwnIds(string svg)
    {
        string own = $"clip-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)))[..12]}-";
        return svg.Replace("id=\"clipPath", $"id=\"{own}", StringComparison.Ordinal).Replace("url(#clipPath", $"url(#{own}", StringComparison.Ordinal);
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
