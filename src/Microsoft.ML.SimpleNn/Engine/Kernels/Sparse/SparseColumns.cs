namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// <see cref="SparseRows"/> in the other order, by features (compressed sparse columns): which features occur in the minibatch, ascending,
/// and each one's values with their rows, ascending. So a feature's gradient is one chain of sums, and no other feature's is touched.
/// </summary>
/// <remarks>
/// There is one feature more than the rows have: the last, numbered as many as there are features, is 1 in every row. Its weights are the biases, which
/// a panel keeps in its last row (<see cref="PanelLayout"/>), so that gradient and update of the biases need no code of their own.
/// </remarks>
internal sealed unsafe class SparseColumns
{
    private readonly int _features;
    private readonly PinnedArray<int> _occurring, _starts, _rows;
    private readonly PinnedArray<float> _values;
    private readonly PinnedArray<int> _rowOfValue, _columnOfValue;
    private readonly FeatureSort _sort;

    /// <summary>Allocates room.</summary>
    /// <param name="maximumRows">The most rows.</param>
    /// <param name="maximumValues">The most values that the rows have together.</param>
    /// <param name="features">The features of a row.</param>
    public SparseColumns(int maximumRows, int maximumValues, int features)
    {
        _features = features;
        MaximumCount = Math.Min(maximumValues, features) + 1;
        _occurring = new PinnedArray<int>(MaximumCount);
        _starts = new PinnedArray<int>(MaximumCount + 1);
        _rows = new PinnedArray<int>(maximumValues + maximumRows);
        _values = new PinnedArray<float>(maximumValues + maximumRows);
        _rowOfValue = new PinnedArray<int>(maximumValues);
        _columnOfValue = new PinnedArray<int>(maximumValues);
        _sort = new FeatureSort(maximumValues, features);
    }

    /// <summary>The most features that can occur, the one for the biases among them.</summary>
    public int MaximumCount { get; }

    /// <summary>The features that occur, the one for the biases among them.</summary>
    public int Count { get; private set; }

    /// <summary>The values, the ones of the biases among them.</summary>
    public int ValueCount => Starts[Count];

    /// <summary>The features that occur, ascending; the last is the one for the biases.</summary>
    public int* Occurring => _occurring.Pointer;

    /// <summary>[count + 1]: where each occurring feature's values begin; the last entry is their number.</summary>
    public int* Starts => _starts.Pointer;

    /// <summary>The row of each value, ascending within a feature.</summary>
    public int* Rows => _rows.Pointer;

    /// <summary>The values, feature after feature.</summary>
    public float* Values => _values.Pointer;

    /// <summary>For each value by rows, the place of its feature among those that occur.</summary>
    public int* ColumnOfValue => _columnOfValue.Pointer;

    /// <summary>Sorts a minibatch by features.</summary>
    public void Transpose(SparseRows rows)
    {
        for (int row = 0; row < rows.Count; row++) _rowOfValue.Span.Slice(rows.Starts[row], rows.Starts[row + 1] - rows.Starts[row]).Fill(row);

        int last = -1, next = 0, count = 0;
        int* occurring = Occurring, starts = Starts, rowOfNext = Rows, columnOfValue = ColumnOfValue, rowOfValue = _rowOfValue.Pointer;
        float* values = Values, source = rows.Values;
        foreach (long entry in _sort.Sort(new ReadOnlySpan<int>(rows.Features, rows.ValueCount)))
        {
            int feature = FeatureSort.Feature(entry), value = FeatureSort.Position(entry);
            if (feature != last)
            {
                occurring[count] = last = feature;
                starts[count++] = next;
            }

            columnOfValue[value] = count - 1;
            rowOfNext[next] = rowOfValue[value];
            values[next++] = source[value];
        }

        occurring[count] = _features;
        starts[count++] = next;
        for (int row = 0; row < rows.Count; row++)
        {
            rowOfNext[next] = row;
            values[next++] = 1;
        }

        starts[count] = next;
        Count = count;
    }
}
