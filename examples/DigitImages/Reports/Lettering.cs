using SkiaSharp;

namespace DigitImages.Reports;

/// <summary>Draws a line of text into a picture, in a font of the machine, or in <see cref="PixelFont"/> where it has none.</summary>
internal static class Lettering
{
    private const float CapitalHeight = 0.72f; // of the size of a font, as in most fonts

    /// <summary>Draws a text that begins at <paramref name="left"/> and stands on <paramref name="baseline"/>, made smaller if it is wider than <paramref name="width"/>.</summary>
    public static void Draw(SKCanvas canvas, string text, float left, float baseline, float width, float size, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        using SKTypeface? typeface = FindTypeface(text);
        if (typeface is null)
        {
            float height = CapitalHeight * size;
            PixelFont.Draw(canvas, text, left, baseline, Math.Min(height, height * width / PixelFont.Measure(text, height)), paint);
            return;
        }

        paint.Typeface = typeface;
        paint.TextSize = size;
        paint.TextSize = Math.Min(size, size * width / paint.MeasureText(text));
        canvas.DrawText(text, left, baseline, paint);
    }

    /// <summary>A font with a glyph for every character of the text: a plain one if there is one, or else any (class names may be in any script).</summary>
    private static SKTypeface? FindTypeface(string text)
    {
        string[] plainFirst = ["Arial", "Helvetica", "Segoe UI", "Liberation Sans", "DejaVu Sans", "Noto Sans"];
        foreach (string family in plainFirst.Concat(SKFontManager.Default.FontFamilies))
        {
            SKTypeface? typeface = SKFontManager.Default.MatchFamily(family);
            if (typeface is not null && typeface.ContainsGlyphs(text))
                return typeface;
            typeface?.Dispose();
        }
        return null;
    }
}
