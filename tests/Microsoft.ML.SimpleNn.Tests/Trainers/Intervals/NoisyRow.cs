using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A row whose number follows from two features, but for noise of deviation 1.</summary>
public sealed class NoisyRow
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    /// <summary>Rows that are always the same for a seed.</summary>
    public static List<NoisyRow> Rows(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] x = [2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1];
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return new NoisyRow { Features = x, Label = (float)(100 + 3 * x[0] - 2 * x[1] * x[1] + noise) };
        })];
    }
}
