using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Fuzzing;

/// <summary>The rows that the sample models are trained on and score: whole numbers and their quarters, so that they are the same on every machine.</summary>
public static class SampleRows
{
    /// <summary>The features of a dense row.</summary>
    public const int DenseFeatures = 3;

    /// <summary>The features of a sparse row, of which two are not zero.</summary>
    public const int SparseFeatures = 40;

    /// <summary>Rows of a kind.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="count">How many.</param>
    /// <param name="kind">Which rows.</param>
    public static IDataView Load(MLContext ml, int count, RowKind kind)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(SampleRow));
        schema[nameof(SampleRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, kind == RowKind.Sparse ? SparseFeatures : DenseFeatures);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => Row(i, kind)), schema);
    }

    private static SampleRow Row(int i, RowKind kind)
    {
        float x = i % 7 / 4f, y = (i % 5) - 2, z = i % 2;
        return new SampleRow
        {
            Features = kind == RowKind.Sparse
                ? new VBuffer<float>(SparseFeatures, 2, [1 + x, y - 3], [i % 2, 3 + (i % 37)])
                : new VBuffer<float>(DenseFeatures, [x, kind == RowKind.Missing && i % 6 == 0 ? float.NaN : y, z]),
            Class = (i % 3).ToString(CultureInfo.InvariantCulture),
            Flag = i % 2 == 0,
            Number = x + z,
            Numbers = [x - y, 2 * z],
            Labels = [x > 1, y > 0],
        };
    }
}
