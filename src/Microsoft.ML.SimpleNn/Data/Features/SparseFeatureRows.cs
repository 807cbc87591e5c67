using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Rows of which only the features other than zero are kept (CSR): for each row its values and their indices.</summary>
/// <param name="features">The number of features.</param>
/// <param name="capacity">The values to make room for.</param>
internal sealed class SparseFeatureRows(int features, long capacity) : FeatureRows
{
    private readonly List<long> _rowStarts = [0];
    private float[] _values = new float[capacity];
    private int[] _indices = new int[capacity];
    private int _used;

    public override int BytesPerElement => sizeof(float) + sizeof(int);

    public override long Capacity => _values.Length;

    public override long Used => _used;

    /// <summary>Zeros that the row is given with count too: they are left out only while it is added.</summary>
    public override long ElementsOf(ReadOnlySpan<float> values) => values.Length;

    public override void Append(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            _values[_used] = values[i];
            _indices[_used++] = indices.IsEmpty ? i : indices[i];
        }
        _rowStarts.Add(_used);
    }

    public override void CopyTo(int row, Span<float> destination)
    {
        destination.Clear();
        for (long k = _rowStarts[row]; k < _rowStarts[row + 1]; k++)
            destination[_indices[k]] = _values[k];
    }

    public override void Resize(long length)
    {
        Array.Resize(ref _values, (int)length);
        Array.Resize(ref _indices, (int)length);
    }

    public override ExampleSet ToExamples(float[]? targets, float[]? weights)
    {
        Resize(_used);
        return SparseExamples.Of(_rowStarts.ToArray(), _indices, _values, features, targets, weights);
    }
}
