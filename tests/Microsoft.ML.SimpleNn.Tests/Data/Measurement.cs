using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A row of the small regression problem that the tests make: numbers, one of them sometimes missing, and yes-or-no labels that follow from the features.</summary>
public sealed class Measurement
{
    public const int FeatureCount = 4;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public float Height { get; set; }

    public float Width { get; set; }

    public float Count { get; set; }

    public bool Red { get; set; }

    public bool Round { get; set; }

    public float Weight { get; set; } = 1;

    /// <summary>Rows that are always the same for a seed. Every fifth width is NaN.</summary>
    public static List<Measurement> Rows(int rows = 150, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, rows).Select(i =>
        {
            float[] x = [.. Enumerable.Range(0, FeatureCount).Select(_ => 2 * random.NextSingle() - 1)];
            return new Measurement
            {
                Features = x,
                Height = 10 + 3 * x[0] - 2 * x[1],
                Width = i % 5 == 0 ? float.NaN : 500 * x[2],
                Count = MathF.Round(5 + 4 * x[0]),
                Red = x[0] > 0,
                Round = x[1] > x[2],
            };
        }).ToList();
    }
}
