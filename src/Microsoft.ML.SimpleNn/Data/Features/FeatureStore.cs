using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The features of the rows read so far: sparse, dense, or, where all values are whole numbers from 0 to 255, such as pixels, dense as bytes. Which of
/// the three is decided by the values alone, never by how the data hands them over, so that the same data always gives the same model. The choice is
/// made anew whenever the store must grow, when a value comes that is no byte, and at the end.
/// </summary>
internal sealed class FeatureStore
{
    private const int FirstCapacity = 4096;
    private const int RowsToTrustTheCount = 8;
    private readonly int _features;
    private readonly long? _expectedRows;
    private readonly int _longestArray;
    private readonly long _memory;
    private readonly bool _alwaysDense;
    private FeatureRows? _rows;
    private long _nonZeros;
    private bool _areBytes = true;

    /// <summary>Creates an empty store.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="expectedRows">The number of rows of the data where it is known, for room; there may be more or fewer.</param>
    /// <param name="longestArray">The most elements of an array.</param>
    /// <param name="memory">The most bytes that the store may take, at the moment when it grows too.</param>
    /// <param name="alwaysDense">Whether to keep the rows dense, as images must be that are to be distorted, however few values are other than zero.</param>
    public FeatureStore(int features, long? expectedRows, int longestArray, long memory, bool alwaysDense = false)
    {
        _alwaysDense = alwaysDense;
        _longestArray = longestArray;
        _memory = memory;
        _features = features;
        _expectedRows = expectedRows;
        _rows = new SparseFeatureRows(features, Math.Min(FirstCapacity, memory / (sizeof(float) + sizeof(int))));
    }

    /// <summary>The number of rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether all rows are there. Where the memory, or the longest array, was not enough for them, they are only counted.</summary>
    public bool Fits => _rows != null;

    /// <summary>Whether so few values are other than zero that the rows are best kept sparse.</summary>
    public bool IsThin => !_alwaysDense && _nonZeros < SimpleNnDefaults.SparseBelowDensity * Rows * _features;

    /// <summary>What all rows take, or would take, as numbers in the form that suits them.</summary>
    public long Bytes => IsThin ? (sizeof(float) + sizeof(int)) * _nonZeros : sizeof(float) * Rows * _features;

    /// <summary>Adds a row of finite values.</summary>
    public void Append(in VBuffer<float> row)
    {
        ReadOnlySpan<float> values = row.GetValues();
        _areBytes = _areBytes && FloatSpans.AreBytes(values);
        if (_rows != null && !HasRoom(_rows, values) && !TryGrow(_rows, values.Length))
            Drop();
        _rows?.Append(values, row.IsDense ? [] : row.GetIndices());
        _nonZeros += FloatSpans.CountNonZero(values);
        Rows++;
    }

    /// <summary>All rows as the engine takes them; the store must not be used after that.</summary>
    /// <param name="targets">The targets [rows x targetsPerRow]; null when the features are the targets.</param>
    /// <param name="weights">The weights [rows], or null.</param>
    public ExampleSet ToExamples(float[]? targets, float[]? weights)
    {
        bool dense = DenseFits(Rows) && !IsThin;
        return Store(_rows!, dense, dense ? Rows * _features : _nonZeros).ToExamples(targets, weights);
    }

    private bool DenseFits(long rows) => rows * _features <= _longestArray;

    private bool HasRoom(FeatureRows rows, ReadOnlySpan<float> values) =>
        rows.Used + rows.ElementsOf(values) <= rows.Capacity && (_areBytes || rows is not ByteFeatureRows);

    /// <summary>Makes room for another row, in the form that suits the rows so far; false where there is none.</summary>
    private bool TryGrow(FeatureRows old, int valuesOfNextRow)
    {
        bool dense = Rows > 0 && !IsThin && DenseFits(Rows + 1);
        // Doubled, until enough rows were seen to trust that the others are like them: then in one step to the end.
        long expected = Math.Min(_expectedRows ?? 0, _longestArray);
        long rows = expected > Rows && Rows >= expected / RowsToTrustTheCount ? expected : Math.Max(2L * Rows, 16);
        long needed = dense ? (Rows + 1) * _features : _nonZeros + valuesOfNextRow;
        long wanted = dense ? rows * _features : Math.Max(Rows == 0 ? 0 : (long)((double)_nonZeros / Rows * rows), needed + (needed / 4));
        // While the rows are moved, the old arrays are there too.
        long free = _memory - (old.BytesPerElement * old.Capacity) - (sizeof(long) * Rows);
        long most = Math.Min(_longestArray, free / (!dense ? sizeof(float) + sizeof(int) : _areBytes ? sizeof(byte) : sizeof(float)));
        if (needed > most)
            return false;
        _rows = Store(old, dense, Math.Min(Math.Max(wanted, needed), most));
        return true;
    }

    /// <summary>
    /// Gives the memory back, and at once: what takes its place would else stand beside it until the next collection, and twice the budget with it.
    /// </summary>
    private void Drop()
    {
        _rows = null;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Gives the rows room for so many elements or more, in the given form.</summary>
    private FeatureRows Store(FeatureRows rows, bool dense, long capacity)
    {
        bool isInForm = dense ? (_areBytes ? rows is ByteFeatureRows : rows is DenseFeatureRows) : rows is SparseFeatureRows;
        if (isInForm)
        {
            if (capacity > rows.Capacity)
                rows.Resize(capacity);
            return rows;
        }

        FeatureRows copy = !dense
            ? new SparseFeatureRows(_features, capacity)
            : _areBytes ? new ByteFeatureRows(_features, capacity) : new DenseFeatureRows(_features, capacity);
        float[] row = new float[_features];
        for (int i = 0; i < Rows; i++)
        {
            rows.CopyTo(i, row);
            copy.Append(row, []);
        }
        return copy;
    }
}
