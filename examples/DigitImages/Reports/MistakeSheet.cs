using DigitImages.Data;
using SkiaSharp;

namespace DigitImages.Reports;

/// <summary>Draws the test images that the network was surest of and yet took for another class, as one PNG file.</summary>
internal static class MistakeSheet
{
    private const int Columns = 6;
    private const int MostMistakes = 24;
    private const int Margin = 16;
    private const int PictureSize = 150;
    private const int TextSize = 15;
    private const int LineHeight = 22;
    private const int TitleHeight = 40;
    private const int TileWidth = PictureSize + Margin;
    private const int TileHeight = PictureSize + (2 * LineHeight) + Margin;

    /// <param name="images">The images and their true classes.</param>
    /// <param name="predictions">The prediction for each test image, in order.</param>
    /// <param name="path">The file.</param>
    public static void Write(IImageData images, IEnumerable<Prediction> predictions, string path)
    {
        (int Row, Prediction Prediction)[] mistakes =
        [
            .. predictions.Select((prediction, row) => (row, prediction))
                .Where(test => test.prediction.PredictedLabel != images.TestLabels[test.row])
                .OrderByDescending(test => test.prediction.Probability),
        ];
        int shown = Math.Min(MostMistakes, mistakes.Length);
        int tileRows = (shown + Columns - 1) / Columns;

        using var sheet = new SKBitmap(Margin + (Columns * TileWidth), TitleHeight + Margin + (tileRows * TileHeight));
        using var canvas = new SKCanvas(sheet);
        canvas.Clear(SKColors.White);
        string title = mistakes.Length == 0
            ? $"No mistake in {images.TestLabels.Count} test images"
            : $"The {shown} most confident of {mistakes.Length} mistakes in {images.TestLabels.Count} test images";
        Lettering.Draw(canvas, title, Margin, Margin + TextSize, sheet.Width - (2 * Margin), TextSize, SKColors.Black);

        for (int i = 0; i < shown; i++)
        {
            (int row, Prediction prediction) = mistakes[i];
            int left = Margin + (i % Columns * TileWidth);
            int top = TitleHeight + Margin + (i / Columns * TileHeight);
            using SKBitmap picture = images.GetTestPicture(row);
            DrawPicture(canvas, picture, left, top);
            Lettering.Draw(canvas, $"true: {images.TestLabels[row]}", left, top + PictureSize + LineHeight - 4, PictureSize, TextSize, SKColors.DarkGreen);
            Lettering.Draw(canvas, $"predicted: {prediction.PredictedLabel}, {prediction.Probability:P0}", left, top + PictureSize + (2 * LineHeight) - 4, PictureSize, TextSize, SKColors.Firebrick);
        }

        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, quality: 100);
        File.WriteAllBytes(path, png.ToArray());
    }

    private static void DrawPicture(SKCanvas canvas, SKBitmap picture, int left, int top)
    {
        float scale = (float)PictureSize / Math.Max(picture.Width, picture.Height);
        SKSize size = new(picture.Width * scale, picture.Height * scale);
        SKPoint corner = new(left + ((PictureSize - size.Width) / 2), top + ((PictureSize - size.Height) / 2));
        // Small images show the pixels that the network saw; photos are averaged down.
        using var paint = new SKPaint { FilterQuality = scale > 1 ? SKFilterQuality.None : SKFilterQuality.Medium };
        canvas.DrawBitmap(picture, SKRect.Create(corner, size), paint);
    }
}
