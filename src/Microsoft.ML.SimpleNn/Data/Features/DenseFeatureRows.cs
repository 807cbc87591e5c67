using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Rows with all of their features: [rows x features].</summary>
/// <param name="features">The number of features.</param>
/// <param name="capacity">The values to make room for.</param>
internal sealed class DenseFeatureRows(int features, long capacity) : FeatureRows
{
    private float[] _values = new float[capacity];
    private int _used;

    public override int BytesPerElement => sizeof(float);

    public override long Capacity => _values.Length;

    public override long Used => _used;

    public override long ElementsOf(ReadOnlySpan<float> values) => features;

    public override void Append(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        Span<float> row = _values.AsSpan(_used, features);
        if (indices.IsEmpty)
            values.CopyTo(row);
        for (int i = 0; i < indices.Length; i++)
            row[indices[i]] = values[i];
        _used += features;
    }

    public override void CopyTo(int row, Span<float> destination) => _values.AsSpan(row * features, features).CopyTo(destination);

    public override void Resize(long length) => Array.Resize(ref _values, (int)length);

    public override ExampleSet ToExamples(float[]? targets, float[]? weights)
    {
        Resize(_used);
        return new DenseExamples(_values, features, targets, weights);
    }
}
