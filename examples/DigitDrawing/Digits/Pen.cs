using System.Numerics;

namespace DigitDrawing.Digits;

/// <summary>Draws strokes as ink on an image of 28x28 pixels, with smooth edges.</summary>
internal static class Pen
{
    /// <summary>The width and the height of the image.</summary>
    public const int Size = 28;

    /// <summary>Draws strokes with a round pen. Where strokes cross, the ink is no darker.</summary>
    /// <param name="strokes">The points of each stroke, in pixels from the top left corner; a stroke of one point is a dot.</param>
    /// <param name="radius">The pen's, in pixels.</param>
    /// <returns>The ink of each pixel, row by row, from 0 to 1.</returns>
    public static float[] Draw(IReadOnlyList<Vector2[]> strokes, float radius)
    {
        float[] ink = new float[Size * Size];
        foreach (Vector2[] stroke in strokes)
        {
            for (int i = 0; i < Math.Max(1, stroke.Length - 1); i++)
                DrawLine(ink, stroke[i], stroke[Math.Min(i + 1, stroke.Length - 1)], radius);
        }
        return ink;
    }

    private static void DrawLine(float[] ink, Vector2 from, Vector2 to, float radius)
    {
        var reach = new Vector2(radius + 0.5f);
        (Vector2 first, Vector2 last) = (Vector2.Min(from, to) - reach, Vector2.Max(from, to) + reach);
        for (int y = Math.Max(0, (int)first.Y); y < Math.Min(Size, last.Y); y++)
        {
            for (int x = Math.Max(0, (int)first.X); x < Math.Min(Size, last.X); x++)
            {
                // A pixel that the pen's edge goes through is covered about as far as its centre is inside.
                float covered = Math.Clamp(radius + 0.5f - Distance(new Vector2(x + 0.5f, y + 0.5f), from, to), 0, 1);
                ink[y * Size + x] = Math.Max(ink[y * Size + x], covered);
            }
        }
    }

    /// <summary>From a point to the nearest point of a line.</summary>
    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        Vector2 line = to - from;
        float length = line.LengthSquared();
        float part = length == 0 ? 0 : Math.Clamp(Vector2.Dot(point - from, line) / length, 0, 1);
        return Vector2.Distance(point, from + part * line);
    }
}
