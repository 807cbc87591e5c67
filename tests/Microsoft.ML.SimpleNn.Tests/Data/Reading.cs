using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>
/// A row of six sensors that show two hidden causes, each sensor in a unit of its own. A normal row obeys that to a tenth of a deviation; an
/// anomaly has values that are each usual, but do not go together.
/// </summary>
public sealed class Reading
{
    public const int FeatureCount = 6;
    private static readonly float[] Units = [1, 100, 0.01f, 5, 1000, 2];
    private static readonly float[] Zeros = [0, 500, 3, -20, 4000, 7];

    /// <summary>1 for an anomaly, else 0: a number, as ML.NET's evaluator wants it.</summary>
    public float Label { get; set; }

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public float Weight { get; set; } = 1;

    /// <summary>Normal rows and then anomalies; always the same for a seed.</summary>
    public static List<Reading> Rows(int normal = 200, int anomalies = 0, int seed = 1)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, normal + anomalies).Select(row => new Reading { Label = row < normal ? 0 : 1, Features = Values(random, row >= normal) }).ToList();
    }

    private static float[] Values(Random random, bool anomaly)
    {
        float[] values = Sensors(random);
        for (int i = 0; anomaly && i < FeatureCount; i++)
            values[i] = Sensors(random)[i];
        return values.Select((value, i) => Zeros[i] + (Units[i] * value)).ToArray();
    }

    private static float[] Sensors(Random random)
    {
        float a = Normal(random), b = Normal(random);
        return [.. new[] { a, b, a + b, a - b, (2 * a) + b, (2 * b) - a }.Select(value => value + (0.1f * Normal(random)))];
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
