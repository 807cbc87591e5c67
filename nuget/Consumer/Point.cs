using Microsoft.ML.Data;

/// <summary>A row of the table: a point in the square from -1 to 1, named after the ring around the origin that it lies in.</summary>
internal sealed class Point
{
    [VectorType(2)]
    public required float[] Features { get; init; }

    public required string Label { get; init; }

    /// <summary>Draws the same points in every process.</summary>
    public static IEnumerable<Point> Draw(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            float x = (2 * random.NextSingle()) - 1;
            float y = (2 * random.NextSingle()) - 1;
            double radius = Math.Sqrt((x * x) + (y * y));
            yield return new Point { Features = [x, y], Label = radius < 0.4 ? "inner" : radius < 0.8 ? "middle" : "outer" };
        }
    }
}
