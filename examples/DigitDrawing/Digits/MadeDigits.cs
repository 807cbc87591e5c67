using System.Globalization;
using System.Numerics;
using DigitImages.Data;

namespace DigitDrawing.Digits;

/// <summary>
/// Digits as if drawn by many hands, for those who have no MNIST: the shapes of <see cref="DigitStrokes"/>, unsteady, slanted, turned and stretched.
/// </summary>
internal static class MadeDigits
{
    private const int LinesOfCurve = 12;

    /// <summary>Makes digits; the same seed gives the same ones.</summary>
    /// <param name="perDigit">How many of each digit.</param>
    /// <param name="seed">Decides every random choice.</param>
    public static IEnumerable<DigitRow> Make(int perDigit, int seed)
    {
        var random = new Random(seed);
        return [.. from i in Enumerable.Range(0, perDigit)
                   from digit in Enumerable.Range(0, DigitStrokes.Shapes.Length)
                   select new DigitRow { Pixels = Draw(DigitStrokes.Shapes[digit], random), Label = (uint)digit }];
    }

    private static float[] Draw(string[] shapes, Random random)
    {
        Matrix3x2 hand = Matrix3x2.CreateScale(Uniform(random, 0.6f, 1.2f), 1)
            * Matrix3x2.CreateSkew(Normal(random, 0.2f), 0)
            * Matrix3x2.CreateRotation(Normal(random, 0.12f));
        List<Vector2[]> strokes = Strokes(shapes[random.Next(shapes.Length)], random);
        Vector2[][] drawn = [.. strokes.Select(stroke => Array.ConvertAll(stroke, point => Vector2.Transform(point, hand)))];
        return DigitImage.Draw(drawn, smallestExtent: 1, penRadius: Uniform(random, 0.9f, 1.9f));
    }

    /// <summary>Path data of SVG (M move, L line, C cubic curve) as points, each moved a little, as an unsteady hand does.</summary>
    private static List<Vector2[]> Strokes(string path, Random random)
    {
        var strokes = new List<Vector2[]>();
        foreach (string stroke in path.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var points = new List<Vector2>();
            foreach (string part in stroke.Replace("L", "|", StringComparison.Ordinal).Replace("C", "|C", StringComparison.Ordinal).Split('|'))
            {
                Vector2[] corners = Array.ConvertAll(Corners(part.TrimStart('C')), corner => corner + new Vector2(Normal(random, 0.4f), Normal(random, 0.4f)));
                points.AddRange(part.StartsWith('C') ? Curve(points[^1], corners) : corners);
            }
            strokes.Add([.. points]);
        }
        return strokes;
    }

    private static Vector2[] Corners(string numbers) =>
        [.. from pair in numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2)
            select new Vector2(float.Parse(pair[0], CultureInfo.InvariantCulture), float.Parse(pair[1], CultureInfo.InvariantCulture))];

    /// <summary>A cubic Bezier curve, without its start.</summary>
    private static IEnumerable<Vector2> Curve(Vector2 start, Vector2[] corners) =>
        from i in Enumerable.Range(1, LinesOfCurve)
        let t = (float)i / LinesOfCurve
        let u = 1 - t
        select u * u * u * start + 3 * u * u * t * corners[0] + 3 * u * t * t * corners[1] + t * t * t * corners[2];

    private static float Uniform(Random random, float from, float to) => from + (to - from) * random.NextSingle();

    /// <summary>A normally distributed number with mean 0 (Box and Muller's method).</summary>
    private static float Normal(Random random, float deviation) =>
        (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
