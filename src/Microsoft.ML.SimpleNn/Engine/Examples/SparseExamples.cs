using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Rows of which only the features that are not zero are stored (compressed sparse rows). They stay so in training: its cost follows the values
/// stored.
/// </summary>
public sealed class SparseExamples : ExampleSet
{
    private readonly long[] _rowStarts;
    private readonly int[] _indices;
    private readonly float[] _values;

    /// <summary>Copies the rows' values and where they lie, which the kernels address memory by; takes hold of targets and weights without a copy.</summary>
    /// <param name="rowStarts">[rows + 1]: where each row's values begin; the last entry is their number.</param>
    /// <param name="indices">The feature of each value, ascending within a row.</param>
    /// <param name="values">The values; finite numbers.</param>
    /// <param name="featureCount">The features of a row, 1 or more.</param>
    /// <param name="targets">[rows x targets of a row]: the class, from 0, for softmax cross-entropy; else a number for each
    /// output; null for an autoencoder, whose targets are the features.</param>
    /// <param name="weights">[rows]: how much each row counts, 0 or more; null for 1 each.</param>
    /// <exception cref="ArgumentException">The arrays do not fit each other, an index or a weight is out of range, or a row's indices do not
    /// ascend.</exception>
    public SparseExamples(long[] rowStarts, int[] indices, float[] values, int featureCount, float[]? targets, float[]? weights = null)
        : this(Copy(rowStarts, nameof(rowStarts)), Copy(indices, nameof(indices)), Copy(values, nameof(values)), featureCount, (targets, weights))
    {
    }

    private SparseExamples(long[] rowStarts, int[] indices, float[] values, int featureCount, (float[]? Targets, float[]? Weights) others)
        : base(CheckedRows(rowStarts, indices, values, featureCount), featureCount, others.Targets, others.Weights)
    {
        _rowStarts = rowStarts;
        _indices = indices;
        _values = values;
    }

    /// <summary>Takes hold of arrays that nobody else has, without a copy.</summary>
    internal static SparseExamples Of(long[] rowStarts, int[] indices, float[] values, int featureCount, float[]? targets, float[]? weights) =>
        new(rowStarts, indices, values, featureCount, (targets, weights));

    /// <summary>Takes hold of storage that may be longer than the rows, and has been checked.</summary>
    internal SparseExamples(long[] rowStarts, int[] indices, float[] values, int featureCount, in RowStorage storage)
        : base(featureCount, storage)
    {
        _rowStarts = rowStarts;
        _indices = indices;
        _values = values;
    }

    private SparseExamples(SparseExamples other, int[] rows)
        : base(other, rows)
    {
        _rowStarts = other._rowStarts;
        _indices = other._indices;
        _values = other._values;
    }

    /// <inheritdoc/>
    public override ExampleSet Subset(int[] rows) => new SparseExamples(this, rows);

    internal override bool IsSparse => true;

    internal override long LargestMinibatch(int rows)
    {
        long[] lengths = [.. Enumerable.Range(0, Count).Select(row => _rowStarts[StoredRow(row) + 1] - _rowStarts[StoredRow(row)])];
        Array.Sort(lengths);
        return lengths.AsSpan(Math.Max(0, Count - rows)).ToArray().Sum();
    }

    internal override ColumnStatistics Measure(int threads)
    {
        var statistics = new SparseStatisticsBuilder(FeatureCount);
        for (int row = 0; row < Count; row++)
        {
            int stored = StoredRow(row), start = (int)_rowStarts[stored], length = (int)_rowStarts[stored + 1] - start;
            statistics.Add(_values.AsSpan(start, length), _indices.AsSpan(start, length), Weight(row));
        }

        return statistics.Build();
    }

    internal override float Feature(int row, int feature)
    {
        int stored = StoredRow(row), start = (int)_rowStarts[stored], at = Array.BinarySearch(_indices, start, (int)_rowStarts[stored + 1] - start, feature);
        return at >= 0 ? _values[at] : 0;
    }

    internal override void CopyFeatures(int row, Span<float> features)
    {
        features.Clear();
        int stored = StoredRow(row);
        for (long k = _rowStarts[stored]; k < _rowStarts[stored + 1]; k++) features[_indices[k]] = _values[k];
    }

    private protected override void AddFeatures(int row, ref DataHash hash)
    {
        int stored = StoredRow(row), start = (int)_rowStarts[stored], length = (int)_rowStarts[stored + 1] - start;
        hash.Add<int>(_indices.AsSpan(start, length));
        hash.Add<float>(_values.AsSpan(start, length));
    }

    private protected override unsafe void GatherFeatures(ReadOnlySpan<int> storedRows, InputStage? inputs, Minibatch batch, ThreadTeam team)
    {
        SparseRows destination = batch.UseSparse();
        destination.Resize(storedRows.Length);
        long start = 0;
        for (int i = 0; i < storedRows.Length; i++)
        {
            destination.Starts[i] = (int)start;
            int first = (int)_rowStarts[storedRows[i]], count = (int)_rowStarts[storedRows[i] + 1] - first;
            start += inputs == null ? count : inputs.CountInputs(_indices.AsSpan(first, count), _values.AsSpan(first, count));
        }

        if (start > destination.Capacity)
            throw new InvalidOperationException(
                $"A minibatch of {storedRows.Length} rows has {start} values, where {destination.Capacity} were the most when the rows were measured. " +
                StreamedExamples.SameEachTime);
        destination.Starts[storedRows.Length] = (int)start;
        fixed (long* rowStarts = _rowStarts)
        fixed (int* indices = _indices, rows = storedRows)
        fixed (float* values = _values)
        {
            ThreadTeam.For(team, storedRows.Length, 8L * start, new GatherRows
            {
                RowStarts = rowStarts,
                Indices = indices,
                Values = values,
                Rows = rows,
                RowCount = storedRows.Length,
                HasStage = inputs != null,
                Stage = inputs == null ? default : inputs.View,
                Starts = destination.Starts,
                Features = destination.Features,
                Destination = destination.Values,
            });
        }

        GC.KeepAlive(inputs);
    }

    private static T[] Copy<T>(T[] array, string name)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        return (T[])array.Clone();
    }

    private static int CheckedRows(long[] rowStarts, int[] indices, float[] values, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (indices.Length != values.Length) throw new ArgumentException($"There are {values.Length} values, but {indices.Length} indices.", nameof(indices));
        if (rowStarts.Length == 0 || rowStarts[0] != 0 || rowStarts[^1] != values.Length)
            throw new ArgumentException($"Row starts must begin with 0 and end with the number of values, {values.Length}.", nameof(rowStarts));
        for (int row = 1; row < rowStarts.Length; row++)
        {
            if (rowStarts[row] < rowStarts[row - 1]) throw new ArgumentException($"Row {row} (counted from 1) ends before it begins.", nameof(rowStarts));
        }

        for (int row = 0; row < rowStarts.Length - 1; row++)
            SparseIndices.Check(row, indices.AsSpan((int)rowStarts[row], (int)(rowStarts[row + 1] - rowStarts[row])), featureCount);
        return rowStarts.Length - 1;
    }

    private unsafe struct GatherRows : IParallelBody
    {
        public long* RowStarts;
        public int* Indices;
        public float* Values;
        public int* Rows;
        public int RowCount;
        public bool HasStage;
        public InputView Stage;
        public int* Starts;
        public int* Features;
        public float* Destination;

        public readonly void Run(int index)
        {
            if (index + Prefetch.RowsAhead < RowCount) PrefetchRow(Rows[index + Prefetch.RowsAhead]);
            long source = RowStarts[Rows[index]];
            int count = (int)(RowStarts[Rows[index] + 1] - source), first = Starts[index];
            if (HasStage)
            {
                Stage.Apply(Indices + source, Values + source, count, Features + first, Destination + first);
                return;
            }

            new ReadOnlySpan<int>(Indices + source, count).CopyTo(new Span<int>(Features + first, count));
            new ReadOnlySpan<float>(Values + source, count).CopyTo(new Span<float>(Destination + first, count));
        }

        private readonly void PrefetchRow(int row)
        {
            long start = RowStarts[row], bytes = sizeof(float) * (RowStarts[row + 1] - start);
            Prefetch.Row(Indices + start, bytes);
            Prefetch.Row(Values + start, bytes);
        }
    }
}
