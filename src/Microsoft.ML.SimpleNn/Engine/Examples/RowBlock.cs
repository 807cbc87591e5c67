namespace Microsoft.ML.SimpleNn;

/// <summary>Room for rows that are read one after the other and then used as a set. It grows as rows come, and can be filled again.</summary>
/// <param name="featureCount">The features of a row.</param>
/// <param name="targetsPerRow">The targets of a row; 0 where the features are the targets.</param>
/// <param name="sparse">Whether to store only the features that are not zero.</param>
/// <param name="rows">The rows to make room for at once.</param>
internal sealed class RowBlock(int featureCount, int targetsPerRow, bool sparse, int rows)
{
    private float[] _values = sparse ? [] : new float[(long)rows * featureCount];
    private int[] _indices = [];
    private long[] _rowStarts = new long[sparse ? rows + 1 : 1];
    private float[] _targets = new float[(long)rows * targetsPerRow];
    private float[] _weights = new float[rows];
    private int _wanted = rows;

    /// <summary>The rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are as many rows as wanted.</summary>
    public bool IsFull => Count == _wanted;

    /// <summary>The memory that the rows so far take, in bytes.</summary>
    public long Bytes => sizeof(float) * (Count * (targetsPerRow + 1L) + (sparse ? 2 * _rowStarts[Count] + 2L * Count : (long)Count * featureCount));

    /// <summary>Forgets the rows.</summary>
    /// <param name="wanted">The rows to be added.</param>
    public void Clear(int wanted) => (Count, _wanted) = (0, wanted);

    /// <summary>Adds the row where a cursor stands.</summary>
    public void Add(IExampleCursor row, float weight)
    {
        if (Count == _weights.Length) Grow();
        if (sparse) AddSparse(row.Values, row.Indices);
        else AddDense(row.Values, row.Indices);
        row.Targets.CopyTo(_targets.AsSpan(Count * targetsPerRow));
        _weights[Count++] = weight;
    }

    /// <summary>The rows as a set on this storage, valid until it is filled again.</summary>
    /// <param name="meanWeight">What weights are divided by: the mean over all rows, of which these may be a part.</param>
    public ExampleSet ToExamples(double meanWeight)
    {
        var storage = new RowStorage(Count, targetsPerRow == 0 ? null : _targets, targetsPerRow == 0 ? featureCount : targetsPerRow, _weights, meanWeight);
        return sparse ? new SparseExamples(_rowStarts, _indices, _values, featureCount, storage) : new DenseExamples(_values, featureCount, storage);
    }

    private void AddDense(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        Span<float> destination = _values.AsSpan(Count * featureCount, featureCount);
        if (values.Length == featureCount)
        {
            values.CopyTo(destination);
            return;
        }

        destination.Clear();
        for (int i = 0; i < values.Length; i++) destination[indices[i]] = values[i];
    }

    private void AddSparse(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        SparseIndices.Check(Count, indices, featureCount);
        int next = (int)_rowStarts[Count];
        if (next + (long)values.Length > _values.Length)
        {
            int length = (int)Math.Min(Array.MaxLength, Math.Max(next + (long)values.Length, _values.Length * 5L / 4));
            Array.Resize(ref _values, length);
            Array.Resize(ref _indices, length);
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0) continue;
            _values[next] = values[i];
            _indices[next++] = indices.IsEmpty ? i : indices[i];
        }

        _rowStarts[Count + 1] = next;
    }

    private void Grow()
    {
        int room = Math.Max(16, (int)Math.Min(2L * Count, Array.MaxLength / Math.Max(1, sparse ? targetsPerRow : Math.Max(featureCount, targetsPerRow))));
        if (!sparse) Array.Resize(ref _values, room * featureCount);
        else Array.Resize(ref _rowStarts, room + 1);
        Array.Resize(ref _targets, room * targetsPerRow);
        Array.Resize(ref _weights, room);
        _wanted = int.MaxValue;
    }
}
