using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The features of the rows read so far, dense [rows x features] or sparse (CSR: for each row its values other than zero
/// and their indices). Which of the two is decided by the values alone, never by how the data hands them over, so that
/// the same data always gives the same model. The choice is made anew whenever the store must grow, and at the end.
/// </summary>
internal sealed class FeatureStore
{
    private const int FirstCapacity = 4096;
    private const int RowsToTrustTheCount = 8;
    private readonly int _features;
    private readonly long? _expectedRows;
    private readonly int _longestArray;
    private readonly long _memory;
    private readonly List<long> _rowStarts = [0];
    private float[] _values;
    private int[]? _indices;
    private long _nonZeros;

    /// <summary>Creates an empty store.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="expectedRows">The number of rows of the data where it is known, for room; there may be more or fewer.</param>
    /// <param name="longestArray">The most elements of an array.</param>
    /// <param name="memory">The most bytes that the store may take, at the moment when it grows too.</param>
    public FeatureStore(int features, long? expectedRows, int longestArray, long memory)
    {
        _longestArray = longestArray;
        _memory = memory;
        _features = features;
        _expectedRows = expectedRows;
        int capacity = (int)Math.Min(FirstCapacity, memory / (sizeof(float) + sizeof(int)));
        _values = new float[capacity];
        _indices = new int[capacity];
    }

    /// <summary>The number of rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether all rows are there. Where the memory, or the longest array, was not enough for them, they are only counted.</summary>
    public bool Fits { get; private set; } = true;

    /// <summary>Whether so few values are other than zero that the rows are best kept sparse.</summary>
    public bool IsThin => _nonZeros < SimpleNnDefaults.SparseBelowDensity * Rows * _features;

    private bool IsSparse => _indices is not null;

    /// <summary>How many elements of the arrays are in use.</summary>
    private long Used => IsSparse ? _nonZeros : Rows * _features;

    /// <summary>Adds a row of finite values.</summary>
    public void Append(in VBuffer<float> row)
    {
        ReadOnlySpan<float> values = row.GetValues();
        if (Fits && Used + (IsSparse ? values.Length : _features) > _values.Length && !TryGrow(values.Length))
            Drop();
        if (!Fits)
            _nonZeros += FloatSpans.CountNonZero(values);
        else if (IsSparse)
            AppendSparse(values, row.IsDense ? [] : row.GetIndices());
        else
            AppendDense(values, row.IsDense ? [] : row.GetIndices());
        if (Fits)
            _rowStarts.Add(_nonZeros);
        Rows++;
    }

    /// <summary>All rows as the engine takes them; the store must not be used after that.</summary>
    /// <param name="targets">The targets [rows x targetsPerRow]; null when the features are the targets.</param>
    /// <param name="weights">The weights [rows], or null.</param>
    public ExampleSet ToExamples(float[]? targets, float[]? weights)
    {
        Store(DenseFits(Rows) && !IsThin, Used);
        if (!IsSparse)
        {
            Array.Resize(ref _values, (int)(Rows * _features));
            return new DenseExamples(_values, _features, targets, weights);
        }
        Array.Resize(ref _values, (int)_nonZeros);
        Array.Resize(ref _indices, (int)_nonZeros);
        return new SparseExamples(_rowStarts.ToArray(), _indices!, _values, _features, targets, weights);
    }

    private bool DenseFits(long rows) => rows * _features <= _longestArray;

    private void AppendSparse(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            _values[_nonZeros] = values[i];
            _indices![_nonZeros++] = indices.IsEmpty ? i : indices[i];
        }
    }

    private void AppendDense(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        Span<float> row = _values.AsSpan((int)(Rows * _features), _features);
        if (indices.IsEmpty)
        {
            values.CopyTo(row);
            _nonZeros += FloatSpans.CountNonZero(values);
            return;
        }
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            row[indices[i]] = values[i];
            _nonZeros++;
        }
    }

    /// <summary>Makes room for another row, in the form that suits the rows so far; false where there is none.</summary>
    private bool TryGrow(int valuesOfNextRow)
    {
        bool dense = Rows > 0 && !IsThin && DenseFits(Rows + 1);
        // Doubled, until enough rows were seen to trust that the others are like them: then in one step to the end.
        long expected = Math.Min(_expectedRows ?? 0, _longestArray);
        long rows = expected > Rows && Rows >= expected / RowsToTrustTheCount ? expected : Math.Max(2L * Rows, 16);
        long needed = dense ? (Rows + 1) * _features : _nonZeros + valuesOfNextRow;
        long wanted = dense ? rows * _features : Math.Max(Rows == 0 ? 0 : (long)((double)_nonZeros / Rows * rows), needed + (needed / 4));
        // While the rows are moved, the old arrays are there too.
        long free = _memory - (sizeof(float) * (_values.Length + (_indices?.LongLength ?? 0))) - (sizeof(long) * Rows);
        long most = Math.Min(_longestArray, free / (dense ? sizeof(float) : sizeof(float) + sizeof(int)));
        if (needed > most)
            return false;
        Store(dense, Math.Min(Math.Max(wanted, needed), most));
        return true;
    }

    /// <summary>Gives the memory back, and at once: what takes its place would else stand beside it until the next collection, and twice the budget with it.</summary>
    private void Drop()
    {
        Fits = false;
        _values = [];
        _indices = null;
        _rowStarts.Clear();
        _rowStarts.Capacity = 0;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>Moves the rows to arrays of the given capacity, in the given form.</summary>
    private void Store(bool dense, long capacity)
    {
        if (dense != IsSparse)
        {
            if (capacity > _values.Length)
            {
                Array.Resize(ref _values, (int)capacity);
                if (IsSparse)
                    Array.Resize(ref _indices, (int)capacity);
            }
        }
        else if (dense)
            ToDense(Math.Max(capacity, Rows * _features));
        else
            ToSparse(Math.Max(capacity, _nonZeros));
    }

    private void ToDense(long capacity)
    {
        float[] values = new float[capacity];
        for (int row = 0; row < Rows; row++)
            for (long k = _rowStarts[row]; k < _rowStarts[row + 1]; k++)
                values[((long)row * _features) + _indices![k]] = _values[k];
        (_values, _indices) = (values, null);
    }

    private void ToSparse(long capacity)
    {
        float[] values = new float[capacity];
        int[] indices = new int[capacity];
        long next = 0;
        for (long k = 0; k < Rows * _features; k++)
        {
            if (_values[k] == 0)
                continue;
            values[next] = _values[k];
            indices[next++] = (int)(k % _features);
        }
        (_values, _indices) = (values, indices);
    }
}
