using SkiaSharp;

namespace DigitImages.Reports;

/// <summary>Plain letters of 5x7 points, for machines without a font (a container often has none).</summary>
internal static class PixelFont
{
    private const int GlyphWidth = 5;
    private const int GlyphHeight = 7;
    private const int Advance = GlyphWidth + 1;
    private const int GlyphsPerLine = 9;
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.,:()%-/";

    /// <summary>The characters in the order of <see cref="Characters"/>, nine to a line.</summary>
    private static readonly string[] Glyphs = """
        .###. ####. .###. ####. ##### ##### .###. #...# .###.
        #...# #...# #...# #...# #.... #.... #...# #...# ..#..
        #...# #...# #.... #...# #.... #.... #.... #...# ..#..
        ##### ####. #.... #...# ####. ####. #..## ##### ..#..
        #...# #...# #.... #...# #.... #.... #...# #...# ..#..
        #...# #...# #...# #...# #.... #.... #...# #...# ..#..
        #...# ####. .###. ####. ##### #.... .###. #...# .###.

        ..### #...# #.... #...# #...# .###. ####. .###. ####.
        ...#. #..#. #.... ##.## ##..# #...# #...# #...# #...#
        ...#. #.#.. #.... #.#.# #.#.# #...# #...# #...# #...#
        ...#. ##... #.... #.#.# #..## #...# ####. #...# ####.
        ...#. #.#.. #.... #...# #...# #...# #.... #.#.# #.#..
        #..#. #..#. #.... #...# #...# #...# #.... #..#. #..#.
        .##.. #...# ##### #...# #...# .###. #.... .##.# #...#

        .#### ##### #...# #...# #...# #...# #...# ##### .....
        #.... ..#.. #...# #...# #...# #...# #...# ....# .....
        #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#. .....
        .###. ..#.. #...# #...# #.#.# ..#.. ..#.. ..#.. .....
        ....# ..#.. #...# #...# #.#.# .#.#. ..#.. .#... .....
        ....# ..#.. #...# .#.#. ##.## #...# ..#.. #.... .....
        ####. ..#.. .###. ..#.. #...# #...# ..#.. ##### #####

        .###. ..#.. .###. ####. ...#. ##### .###. ##### .###.
        #...# .##.. #...# ....# ..##. #.... #.... ....# #...#
        #..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...#
        #.#.# ..#.. ..##. .###. #..#. ....# ####. ..#.. .###.
        ##..# ..#.. .#... ....# ##### ....# #...# .#... #...#
        #...# ..#.. #.... ....# ...#. #...# #...# .#... #...#
        .###. .###. ##### ####. ...#. .###. .###. .#... .###.

        .###. ..... ..... ..... ...#. .#... ##..# ..... ....#
        #...# ..... ..... ..#.. ..#.. ..#.. ##..# ..... ....#
        #...# ..... ..... ..... ..#.. ..#.. ...#. ..... ...#.
        .#### ..... ..... ..... ..#.. ..#.. ..#.. ##### ..#..
        ....# ..... ..... ..... ..#.. ..#.. .#... ..... .#...
        ....# .##.. ..#.. ..#.. ..#.. ..#.. #..## ..... #....
        .###. .##.. .#... ..... ...#. .#... #..## ..... #....
        """.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The width of a text whose capitals are <paramref name="height"/> high.</summary>
    public static float Measure(string text, float height) => text.Length * Advance * height / GlyphHeight;

    /// <summary>Draws a text in capitals; a character that the font lacks becomes a box.</summary>
    public static void Draw(SKCanvas canvas, string text, float left, float baseline, float height, SKPaint paint)
    {
        float point = height / GlyphHeight;
        foreach (char character in text.ToUpperInvariant())
        {
            int glyph = Characters.IndexOf(character);
            for (int y = 0; y < GlyphHeight; y++)
            {
                for (int x = 0; x < GlyphWidth; x++)
                {
                    if (character != ' ' && IsSet(glyph, x, y))
                        canvas.DrawRect(left + (x * point), baseline - height + (y * point), point, point, paint);
                }
            }
            left += Advance * point;
        }
    }

    private static bool IsSet(int glyph, int x, int y) => glyph < 0
        ? x is 0 or GlyphWidth - 1 || y is 0 or GlyphHeight - 1
        : Glyphs[(glyph / GlyphsPerLine * GlyphHeight) + y][(glyph % GlyphsPerLine * Advance) + x] == '#';
}
