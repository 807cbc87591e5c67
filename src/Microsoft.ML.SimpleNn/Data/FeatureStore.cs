using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
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
    private readonly IExceptionContext _context;
    private readonly int _features;
    private readonly long? _expectedRows;
    private readonly int _longestArray;
    private readonly List<long> _rowStarts = [0];
    private float[] _values;
    private int[]? _indices;
    private long _nonZeros;

    /// <summary>Creates an empty store.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="expectedRows">The number of rows of the data where it is known, for room; there may be more or fewer.</param>
    /// <param name="longestArray">The most elements of an array.</param>
    public FeatureStore(IExceptionContext context, int features, long? expectedRows, int longestArray)
    {
        _longestArray = longestArray;
        _context = context;
        _features = features;
        _expectedRows = expectedRows;
        _values = new float[FirstCapacity];
        _indices = new int[FirstCapacity];
    }

    /// <summary>The number of rows so far.</summary>
    public int Rows { get; private set; }

    private bool IsSparse => _indices is not null;

    /// <summary>How many elements of the arrays are in use.</summary>
    private long Used => IsSparse ? _nonZeros : (long)Rows * _features;

    /// <summary>Adds a row of finite values.</summary>
    public void Append(in VBuffer<float> row)
    {
        ReadOnlySpan<float> values = row.GetValues();
        if (Used + (IsSparse ? values.Length : _features) > _values.Length)
            Grow(values.Length);
        if (IsSparse)
            AppendSparse(values, row.IsDense ? [] : row.GetIndices());
        else
            AppendDense(values, row.IsDense ? [] : row.GetIndices());
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
            Array.Resize(ref _values, Rows * _features);
            return new DenseExamples(_values, _features, targets, weights);
        }
        Array.Resize(ref _values, (int)_nonZeros);
        Array.Resize(ref _indices, (int)_nonZeros);
        return new SparseExamples(_rowStarts.ToArray(), _indices!, _values, _features, targets, weights);
    }

    private bool IsThin => _nonZeros < SimpleNnDefaults.SparseBelowDensity * Rows * _features;

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
        Span<float> row = _values.AsSpan(Rows * _features, _features);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            row[indices.IsEmpty ? i : indices[i]] = values[i];
            _nonZeros++;
        }
    }

    /// <summary>Makes room for another row, in the form that suits the rows so far.</summary>
    private void Grow(int valuesOfNextRow)
    {
        bool dense = Rows > 0 && !IsThin && DenseFits(Rows + 1L);
        // Doubled, until enough rows were seen to trust that the others are like them: then in one step to the end.
        long expected = Math.Min(_expectedRows ?? 0, _longestArray);
        long rows = expected > Rows && Rows >= expected / RowsToTrustTheCount ? expected : Math.Max(2L * Rows, 16);
        long needed = dense ? (Rows + 1L) * _features : _nonZeros + valuesOfNextRow;
        long wanted = dense ? rows * _features : Math.Max(Rows == 0 ? 0 : (long)((double)_nonZeros / Rows * rows), needed + (needed / 4));
        if (needed > _longestArray)
            throw _context.Except($"The training data is too large to keep in memory: after {Rows} rows of {_features} features it has {_nonZeros} values other than zero, and an array holds at most {_longestArray}. " +
                "Train on fewer rows (mlContext.Data.TakeRows) or fewer features.");
        Store(dense, Math.Min(Math.Max(wanted, needed), _longestArray));
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
            ToDense(Math.Max(capacity, (long)Rows * _features));
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
        for (long k = 0; k < (long)Rows * _features; k++)
        {
            if (_values[k] == 0)
                continue;
            values[next] = _values[k];
            indices[next++] = (int)(k % _features);
        }
        (_values, _indices) = (values, indices);
    }
}
