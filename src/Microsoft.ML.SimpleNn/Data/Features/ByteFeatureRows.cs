using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Rows with all of their features, whole numbers from 0 to 255, as bytes: [rows x features].</summary>
/// <param name="features">The number of features.</param>
/// <param name="capacity">The values to make room for.</param>
internal sealed class ByteFeatureRows(int features, long capacity) : FeatureRows
{
    private byte[] _values = new byte[capacity];
    private int _used;

    public override int BytesPerElement => sizeof(byte);

    public override long Capacity => _values.Length;

    public override long Used => _used;

    public override long ElementsOf(ReadOnlySpan<float> values) => features;

    public override void Append(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        Span<byte> row = _values.AsSpan(_used, features);
        if (indices.IsEmpty)
            FloatSpans.ToBytes(values, row);
        for (int i = 0; i < indices.Length; i++)
            row[indices[i]] = (byte)values[i];
        _used += features;
    }

    public override void CopyTo(int row, Span<float> destination)
    {
        Span<byte> source = _values.AsSpan(row * features, features);
        for (int i = 0; i < source.Length; i++)
            destination[i] = source[i];
    }

    public override void Resize(long length) => Array.Resize(ref _values, (int)length);

    public override ExampleSet ToExamples(float[]? targets, float[]? weights)
    {
        Resize(_used);
        return new ByteExamples(_values, features, targets, weights);
    }
}
