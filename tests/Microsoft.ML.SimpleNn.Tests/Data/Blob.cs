using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A row of the small classification problem that the tests make: a point from one of several gaussian clouds.</summary>
public sealed class Blob
{
    public const int FeatureCount = 4;
    public static readonly string[] Classes = ["setosa", "versicolor", "virginica"];

    public string Label { get; set; } = "";

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public float Weight { get; set; } = 1;

    /// <summary>Rows of the classes in turn, each around its own centre, one unit wide; always the same for a seed.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="distance">How far apart the centres are; from 5 on the classes hardly overlap.</param>
    /// <param name="seed">Decides the points.</param>
    public static List<Blob> Rows(int rows = 150, float distance = 5, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, rows).Select(i => new Blob
        {
            Label = Classes[i % Classes.Length],
            Features = Enumerable.Range(0, FeatureCount).Select(f => Normal(random) + (f == i % Classes.Length ? distance : 0)).ToArray(),
        }).ToList();
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
