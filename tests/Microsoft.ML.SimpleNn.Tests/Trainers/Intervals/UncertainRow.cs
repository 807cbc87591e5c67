using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A row whose class is drawn with probabilities that follow from two features: the softmax of 3 x, 3 y and 0.</summary>
public sealed class UncertainRow
{
    public const int Classes = 3;

    [VectorType(2)]
    public float[] Features { get; set; } = [];

    /// <summary>From 0: ML.NET makes the keys 1, 2 and 3 of it.</summary>
    [KeyType(Classes)]
    public uint Label { get; set; }

    public string Name => $"class {Label}";

    /// <summary>Rows that are always the same for a seed.</summary>
    public static List<UncertainRow> Rows(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] x = [2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1];
            double[] p = Probabilities(x);
            double drawn = random.NextDouble();
            return new UncertainRow { Features = x, Label = drawn < p[0] ? 0u : drawn < p[0] + p[1] ? 1u : 2u };
        })];
    }

    /// <summary>
    /// The least mean size that sets of a coverage can have, by who knows the probabilities: the most probable classes of all rows, so many that their
    /// probabilities add up to the coverage.
    /// </summary>
    public static double LeastMeanSize(List<UncertainRow> rows, double coverage)
    {
        double wanted = coverage * rows.Count, sum = 0;
        int taken = 0;
        foreach (double probability in rows.SelectMany(row => Probabilities(row.Features)).OrderDescending())
        {
            if (sum >= wanted)
                break;
            sum += probability;
            taken++;
        }
        return (double)taken / rows.Count;
    }

    private static double[] Probabilities(float[] x)
    {
        double[] e = [Math.Exp(3 * x[0]), Math.Exp(3 * x[1]), 1];
        return Array.ConvertAll(e, one => one / e.Sum());
    }
}
