using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>A row with a column for each kind of label that the documents speak of.</summary>
internal sealed class CatalogRow
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public bool IsSpam { get; set; }

    public float Price { get; set; }

    [VectorType(2)]
    public float[] Measurements { get; set; } = [];

    [VectorType(3)]
    public bool[] Tags { get; set; } = [];

    /// <summary>Rows whose labels follow from the features.</summary>
    public static CatalogRow[] Rows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 120).Select(_ => Of(random.NextSingle(), random.NextSingle(), random.NextSingle()))];

        static CatalogRow Of(float a, float b, float c) => new()
        {
            Features = [a, b, c],
            Label = a > b,
            IsSpam = b > c,
            Price = (2 * a) + c,
            Measurements = [a + b, c],
            Tags = [a > 0.5f, b > 0.5f, c > 0.5f],
        };
    }
}
