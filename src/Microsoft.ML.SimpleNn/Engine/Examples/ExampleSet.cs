using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Rows of features, targets and weights, kept in memory, from which training gathers its minibatches. Several sets can share one storage:
/// <see cref="Subset"/> splits off rows for validation without a copy.
/// </summary>
public abstract class ExampleSet : ExampleSource
{
    private readonly int[]? _rows;
    private readonly float[]? _targets;
    private float[]? _weights;
    private readonly int _storedRows;

    /// <summary>Takes hold of the storage.</summary>
    /// <param name="storedRows">The rows of the storage.</param>
    /// <param name="featureCount">The features of a row.</param>
    /// <param name="targets">[rows x targets of a row]; null where each row's features are its targets.</param>
    /// <param name="weights">[rows], each a finite number of 0 or more; null for 1 each.</param>
    private protected ExampleSet(int storedRows, int featureCount, float[]? targets, float[]? weights)
        : base(featureCount, targets == null ? featureCount : storedRows > 0 ? targets.Length / storedRows : 1)
    {
        if (storedRows > 0 && targets != null && (targets.Length == 0 || targets.Length % storedRows != 0))
            throw new ArgumentException($"{targets.Length} targets do not divide into {storedRows} rows.", nameof(targets));
        if (weights != null && weights.Length != storedRows)
            throw new ArgumentException($"There are {storedRows} rows, but {weights.Length} weights.", nameof(weights));
        _storedRows = storedRows;
        _targets = targets;
        _weights = weights;
        Count = storedRows;
        MeanWeight = ComputeMeanWeight();
    }

    /// <summary>Takes hold of storage that may be longer than the rows, and has been checked.</summary>
    private protected ExampleSet(int featureCount, in RowStorage storage)
        : base(featureCount, storage.TargetsPerRow)
    {
        _storedRows = storage.Rows;
        _targets = storage.Targets;
        _weights = storage.Weights;
        Count = storage.Rows;
        MeanWeight = storage.MeanWeight;
    }

    /// <summary>Selects rows of another set.</summary>
    private protected ExampleSet(ExampleSet other, int[] rows)
        : base(other.FeatureCount, other.TargetsPerRow)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (int row in rows)
        {
            if (row < 0 || row >= other.Count) throw new ArgumentOutOfRangeException(nameof(rows), row, $"The set has rows 0 to {other.Count - 1}.");
        }

        _storedRows = other._storedRows;
        _targets = other._targets;
        _weights = other._weights;
        _rows = Array.ConvertAll(rows, other.StoredRow);
        Count = rows.Length;
        MeanWeight = ComputeMeanWeight();
    }

    /// <summary>The rows.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override long RowCount => Count;

    internal override bool TargetsAreFeatures => _targets == null;

    /// <summary>
    /// The mean of the rows' weights, by which minibatches divide each weight: then a step does not grow with the unit of the weights, and a
    /// row of weight 2 counts as much as the row given twice.
    /// </summary>
    internal double MeanWeight { get; private set; }

    internal override bool IsSparse => false;

    internal override long LargestMinibatch(int rows) => 0;

    /// <summary>A set of some of these rows, in the given order, on the same storage.</summary>
    /// <param name="rows">Rows of this set, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public abstract ExampleSet Subset(int[] rows);

    /// <summary>The same rows, on the same storage, with other weights.</summary>
    /// <param name="weights">[rows]: the weight of each row of this set, a finite number of 0 or more.</param>
    internal ExampleSet WithWeights(float[] weights)
    {
        var copy = (ExampleSet)MemberwiseClone();
        copy._weights = new float[_storedRows];
        for (int row = 0; row < Count; row++) copy._weights[StoredRow(row)] = weights[row];
        copy.MeanWeight = copy.ComputeMeanWeight();
        return copy;
    }

    internal override ExampleSource WithClassFactors(float[] factors)
    {
        var weights = new float[Count];
        for (int row = 0; row < weights.Length; row++) weights[row] = Weight(row) * factors[(int)Target(row)];
        return Array.TrueForAll(weights, weight => weight == 0) ? Subset([]) : WithWeights(weights).WithoutWeightless();
    }

    internal override (ExampleSource First, ExampleSource Second) Split(double fraction, int seed, bool byClass = false)
    {
        bool[] isChosen = HeldOutRows.Choose(this, byClass, fraction, seed);
        return (Part(false), Part(true));

        ExampleSet Part(bool chosen) => Subset([.. Enumerable.Range(0, Count).Where(row => isChosen[row] == chosen)]);
    }

    internal override ExampleSet WithoutWeightless()
    {
        if (_weights == null) return this;
        int[] rows = [.. Enumerable.Range(0, Count).Where(row => Weight(row) > 0)];
        return rows.Length == Count ? this : Subset(rows);
    }

    /// <summary>The weight of a row as it was given.</summary>
    internal float Weight(int row) => _weights == null ? 1 : _weights[StoredRow(row)];

    /// <summary>A target of a row; where the targets are classes, the first is the row's class.</summary>
    internal float Target(int row, int target = 0) => _targets![StoredRow(row) * TargetsPerRow + target];

    /// <summary>Fills a workspace's minibatch with these rows, standardised.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="inputs">Makes inputs of the features; null leaves them.</param>
    /// <param name="workspace">Takes them.</param>
    /// <param name="targetScaling">Standardises the targets; null leaves them.</param>
    /// <param name="images">Distorts the rows; null leaves them.</param>
    /// <param name="firstRow">What rows are distorted by: the number of this set's first one, where the set is a part of an epoch.</param>
    internal void Gather(ReadOnlySpan<int> rows, InputStage? inputs, Workspace workspace, TargetScaling? targetScaling = null,
        DistortedImages? images = null, long firstRow = 0)
    {
        Minibatch batch = workspace.Batch;
        batch.Resize(rows.Length);
        workspace.UseLayerWeights();
        Span<float> targets = batch.Targets.Span, weights = batch.Weights.Span;
        Span<int> stored = workspace.StoredRows.AsSpan(0, rows.Length);
        double normalize = 1 / MeanWeight; // in double precision, so that the weights' unit does not reach a bit of the quotients
        for (int i = 0; i < rows.Length; i++)
        {
            int row = StoredRow(rows[i]);
            stored[i] = row;
            if (_targets != null)
            {
                Span<float> target = targets.Slice(i * TargetsPerRow, TargetsPerRow);
                _targets.AsSpan(row * TargetsPerRow, TargetsPerRow).CopyTo(target);
                targetScaling?.Apply(target);
            }

            weights[i] = _weights == null ? 1 : (float)(_weights[row] * normalize);
        }

        if (images == null) GatherFeatures(stored, inputs, batch, workspace.Team);
        else images.Gather(this, rows, firstRow, inputs, batch, workspace.Team);
        if (_targets == null) batch.CopyFeaturesToTargets(inputs);
    }

    internal override TargetStatistics MeasureTargets()
    {
        var statistics = new TargetStatisticsBuilder(TargetsPerRow);
        for (int row = 0; row < Count; row++) statistics.Add(_targets.AsSpan(StoredRow(row) * TargetsPerRow, TargetsPerRow), Weight(row));
        return statistics.Build();
    }

    internal override double[] WeightOfClasses(int classes)
    {
        double[] sums = new double[classes];
        for (int row = 0; row < Count; row++) sums[(int)Target(row)] += Weight(row);
        return sums;
    }

    internal override ulong Hash()
    {
        var hash = new DataHash();
        for (int row = 0; row < Count; row++)
        {
            AddFeatures(row, ref hash);
            if (_targets != null) hash.Add<float>(_targets.AsSpan(StoredRow(row) * TargetsPerRow, TargetsPerRow));
            hash.Add(BitConverter.SingleToUInt32Bits(Weight(row)));
        }

        return hash.Value;
    }

    internal override ExampleSet Sample(int seed) => this;

    internal override Minibatches Minibatches(int batchSize, InputStage? inputs, TargetScaling? targetScaling, RandomSource? order,
        DistortedImages? images = null) =>
        new StoredMinibatches(this, batchSize, inputs, targetScaling, order, images);

    /// <summary>One feature of a row as it is.</summary>
    /// <param name="row">The row of this set.</param>
    /// <param name="feature">The feature.</param>
    internal abstract float Feature(int row, int feature);

    /// <summary>Copies the features of a row as they are.</summary>
    /// <param name="row">The row of this set.</param>
    /// <param name="features">Takes the features [features].</param>
    internal abstract void CopyFeatures(int row, Span<float> features);

    /// <summary>Adds the features of a row to a hash.</summary>
    private protected abstract void AddFeatures(int row, ref DataHash hash);

    /// <summary>Writes the features of rows of the storage into a minibatch, standardised.</summary>
    private protected abstract void GatherFeatures(ReadOnlySpan<int> storedRows, InputStage? inputs, Minibatch batch, ThreadTeam team);

    /// <summary>The storage's number of a row of this set.</summary>
    private protected int StoredRow(int row) => _rows == null ? row : _rows[row];

    private double ComputeMeanWeight()
    {
        if (_weights == null || Count == 0) return 1;
        double sum = 0;
        for (int row = 0; row < Count; row++)
        {
            float weight = Weight(row);
            if (!(weight >= 0 && float.IsFinite(weight)))
                throw new ArgumentException(
                    FormattableString.Invariant($"Row {row + 1} (counted from 1) has weight {weight}; a weight must be a finite number of 0 or more."));
            sum += weight;
        }

        if (sum == 0) throw new ArgumentException("All rows have weight 0, so there is nothing to learn from.");
        return sum / Count;
    }
}
