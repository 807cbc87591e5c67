using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>A row with a feature of each kind that an <see cref="InputStage"/> knows, and a number that follows from them.</summary>
public sealed class MixedRow
{
    public const int FeatureCount = 8, Constant = 6;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    /// <summary>Rows that are always the same for a seed: a number, yes or no, one of three, a count, a constant, and a number that every fourth row lacks.</summary>
    public static List<MixedRow> Rows(int rows, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(i =>
        {
            float number = 10 * random.NextSingle(), count = random.Next(5), half = random.NextSingle();
            float[] oneOf = new float[3];
            oneOf[random.Next(3)] = 1;
            float flag = random.Next(2);
            return new MixedRow
            {
                Features = [number, flag, .. oneOf, count, 7, i % 4 == 0 ? float.NaN : half],
                Label = MathF.Sin(number) + flag - oneOf[1] + 0.2f * count + (i % 4 == 0 ? 1 : half),
            };
        })];
    }

    /// <summary>The rows as ML.NET takes them.</summary>
    public static IDataView View(MLContext ml, IEnumerable<MixedRow> rows) => ml.Data.LoadFromEnumerable(rows);
}
