namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// The features of a minibatch of which most are zero, X [rows x features], as compressed sparse rows: only what is not zero is stored.
/// </summary>
internal sealed unsafe class SparseRows
{
    private readonly PinnedArray<int> _starts, _features;
    private readonly PinnedArray<float> _values;

    /// <summary>Allocates room.</summary>
    /// <param name="maximumRows">The most rows.</param>
    /// <param name="maximumValues">The most values that the rows have together.</param>
    public SparseRows(int maximumRows, int maximumValues)
    {
        _starts = new PinnedArray<int>(maximumRows + 1);
        _features = new PinnedArray<int>(maximumValues);
        _values = new PinnedArray<float>(maximumValues);
    }

    /// <summary>The most values that the rows can have together.</summary>
    public int Capacity => _values.Length;

    /// <summary>The rows that are filled.</summary>
    public int Count { get; private set; }

    /// <summary>The values stored.</summary>
    public int ValueCount => Starts[Count];

    /// <summary>[rows + 1]: where each row's values begin; the last entry is their number.</summary>
    public int* Starts => _starts.Pointer;

    /// <summary>The feature of each value, ascending within a row.</summary>
    public int* Features => _features.Pointer;

    /// <summary>The values, row after row.</summary>
    public float* Values => _values.Pointer;

    /// <summary>Sets the number of rows; the caller fills starts, features and values.</summary>
    public void Resize(int rows) => Count = rows;
}
