using System.Numerics;

namespace DigitDrawing.Digits;

/// <summary>
/// Makes of strokes of any size, anywhere on a page, an image like those of the MNIST database: the ink fills a box of 20x20 pixels, and its center of mass is
/// the center of the 28x28 pixels (Y. LeCun, C. Cortes, C. Burges, The MNIST Database of Handwritten Digits).
/// </summary>
internal static class DigitImage
{
    /// <summary>The radius of the pen of most MNIST digits: with it they have as much ink, 102 pixels on average.</summary>
    public const float PenRadius = 1.25f;

    private const float Box = 20;

    /// <param name="strokes">The points of each stroke, in any unit; at least one.</param>
    /// <param name="smallestExtent">What is smaller, in the same unit, is not enlarged to fill the box: a dot stays a dot.</param>
    /// <param name="penRadius">The radius of the pen, in pixels.</param>
    /// <returns>The ink of each pixel [784], row by row, from 0 to 1.</returns>
    public static float[] Draw(IReadOnlyList<Vector2[]> strokes, float smallestExtent, float penRadius = PenRadius)
    {
        Vector2[] points = [.. strokes.SelectMany(stroke => stroke)];
        Vector2 first = points.Aggregate(Vector2.Min), last = points.Aggregate(Vector2.Max);
        float extent = Math.Max(smallestExtent, Math.Max(last.X - first.X, last.Y - first.Y));
        float scale = (Box - 2 * penRadius) / extent;
        var center = new Vector2(Pen.Size / 2f);

        Vector2[][] boxed = Move(strokes, point => (point - (first + last) / 2) * scale + center);
        Vector2 shift = center - CenterOfMass(Pen.Draw(boxed, penRadius));
        return Pen.Draw(Move(boxed, point => point + shift), penRadius);
    }

    private static Vector2[][] Move(IReadOnlyList<Vector2[]> strokes, Converter<Vector2, Vector2> move) =>
        [.. strokes.Select(stroke => Array.ConvertAll(stroke, move))];

    private static Vector2 CenterOfMass(float[] ink)
    {
        Vector2 sum = default;
        for (int i = 0; i < ink.Length; i++)
            sum += ink[i] * new Vector2(i % Pen.Size + 0.5f, i / Pen.Size + 0.5f);
        return sum / ink.Sum();
    }
}
