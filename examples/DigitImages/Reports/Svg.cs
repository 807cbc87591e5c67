using OxyPlot;

namespace DigitImages.Reports;

/// <summary>Writes a plot as an SVG file on a white ground.</summary>
internal static class Svg
{
    /// <param name="plot">The plot.</param>
    /// <param name="width">The width of the picture in pixels.</param>
    /// <param name="height">The height of the picture in pixels.</param>
    /// <param name="path">The file.</param>
    public static void Write(PlotModel plot, double width, double height, string path)
    {
        plot.Background = OxyColors.White;
        plot.DefaultFont = "Arial, sans-serif";
        plot.DefaultFontSize = 13;
        using FileStream file = File.Create(path);
        new SvgExporter { Width = width, Height = height, TextMeasurer = new TextMeasurer(width, height) }.Export(plot, file);
    }

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
