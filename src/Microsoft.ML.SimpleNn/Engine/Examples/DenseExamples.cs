using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Rows whose features are all stored.</summary>
public sealed class DenseExamples : ExampleSet
{
    private readonly float[] _features;

    /// <summary>Takes hold of the arrays, without a copy.</summary>
    /// <param name="features">[rows x features], row-major; finite numbers.</param>
    /// <param name="featureCount">The features of a row, 1 or more.</param>
    /// <param name="targets">[rows x targets of a row]: the class, from 0, for softmax cross-entropy; else a number for each
    /// output; null for an autoencoder, whose targets are the features.</param>
    /// <param name="weights">[rows]: how much each row counts, 0 or more; null for 1 each.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or a weight is negative or not finite.</exception>
    public DenseExamples(float[] features, int featureCount, float[]? targets, float[]? weights = null)
        : base(CountRows(features, featureCount), featureCount, targets, weights)
    {
        _features = features;
    }

    /// <summary>Takes hold of storage that may be longer than the rows.</summary>
    internal DenseExamples(float[] features, int featureCount, in RowStorage storage)
        : base(featureCount, storage)
    {
        _features = features;
    }

    private DenseExamples(DenseExamples other, int[] rows)
        : base(other, rows)
    {
        _features = other._features;
    }

    /// <inheritdoc/>
    public override ExampleSet Subset(int[] rows) => new DenseExamples(this, rows);

    internal override ColumnStatistics Measure(int threads) => ColumnStatistics.MeasureInParts(FeatureCount, threads, (first, count) =>
    {
        var statistics = new DenseStatisticsBuilder(count);
        for (int row = 0; row < Count; row++)
            statistics.Add(_features.AsSpan(StoredRow(row) * FeatureCount + first, count), Weight(row));
        return statistics.Build();
    });

    internal override float Feature(int row, int feature) => _features[StoredRow(row) * FeatureCount + feature];

    internal override void CopyFeatures(int row, Span<float> features) =>
        _features.AsSpan(StoredRow(row) * FeatureCount, FeatureCount).CopyTo(features);

    private protected override void AddFeatures(int row, ref DataHash hash) => hash.Add<float>(_features.AsSpan(StoredRow(row) * FeatureCount, FeatureCount));

    private protected override void GatherFeatures(ReadOnlySpan<int> storedRows, InputStage? inputs, Minibatch batch, ThreadTeam team) =>
        DenseGather<float, Numbers>.Run(_features, FeatureCount, storedRows, inputs, batch, team);

    private static int CountRows(float[] features, int featureCount)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (features.Length % featureCount != 0)
            throw new ArgumentException($"{features.Length} values do not divide into rows of {featureCount} features.", nameof(features));
        return features.Length / featureCount;
    }

    private readonly unsafe struct Numbers : IStoredNumbers<float>
    {
        public static void Apply(in InputView stage, float* row, float* inputs, bool isShared) => stage.Apply(row, inputs, isShared);

        public static void Copy(float* row, float* inputs, int count, bool isShared) => InputKernel.Copy(row, inputs, count, isShared);
    }
}
