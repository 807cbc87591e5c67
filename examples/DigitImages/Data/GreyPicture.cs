using System.Runtime.InteropServices;
using SkiaSharp;

namespace DigitImages.Data;

/// <summary>Makes grey pictures of bytes.</summary>
internal static class GreyPicture
{
    /// <param name="pixels">The brightness of each pixel, 0 (black) to 255 (white), [rows x columns], row by row.</param>
    /// <param name="rows">The height in pixels.</param>
    /// <param name="columns">The width in pixels.</param>
    public static SKBitmap Create(byte[] pixels, int rows, int columns)
    {
        var picture = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Gray8, SKAlphaType.Opaque));
        for (int y = 0; y < rows; y++)
            Marshal.Copy(pixels, y * columns, picture.GetPixels() + (y * picture.RowBytes), columns);
        return picture;
    }
}
