using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Rows whose features are whole numbers from 0 to 255, such as pixels, all stored, as bytes: a quarter of the memory, and of what is read to gather a
/// minibatch. Training gives the same bits as with <see cref="DenseExamples"/>.
/// </summary>
internal sealed class ByteExamples : ExampleSet
{
    private readonly byte[] _features;

    /// <summary>Takes hold of the arrays, without a copy.</summary>
    /// <param name="features">[rows x features], row-major.</param>
    /// <param name="featureCount">The features of a row, by which the length divides.</param>
    /// <param name="targets">[rows x targets of a row], as for <see cref="DenseExamples"/>.</param>
    /// <param name="weights">[rows]: how much each row counts, 0 or more; null for 1 each.</param>
    public ByteExamples(byte[] features, int featureCount, float[]? targets, float[]? weights = null)
        : base(features.Length / featureCount, featureCount, targets, weights)
    {
        _features = features;
    }

    private ByteExamples(ByteExamples other, int[] rows)
        : base(other, rows)
    {
        _features = other._features;
    }

    /// <inheritdoc/>
    public override ExampleSet Subset(int[] rows) => new ByteExamples(this, rows);

    internal override ColumnStatistics Measure(int threads) => ColumnStatistics.MeasureInParts(FeatureCount, threads, (first, count) =>
    {
        var statistics = new DenseStatisticsBuilder(count);
        float[] features = new float[count];
        for (int row = 0; row < Count; row++)
        {
            Convert(_features.AsSpan(StoredRow(row) * FeatureCount + first, count), features);
            statistics.Add(features, Weight(row));
        }

        return statistics.Build();
    });

    internal override float Feature(int row, int feature) => _features[StoredRow(row) * FeatureCount + feature];

    internal override void CopyFeatures(int row, Span<float> features) => Convert(_features.AsSpan(StoredRow(row) * FeatureCount, FeatureCount), features);

    private protected override void AddFeatures(int row, ref DataHash hash) => hash.Add<byte>(_features.AsSpan(StoredRow(row) * FeatureCount, FeatureCount));

    private protected override void GatherFeatures(ReadOnlySpan<int> storedRows, InputStage? inputs, Minibatch batch, ThreadTeam team) =>
        DenseGather<byte, Numbers>.Run(_features, FeatureCount, storedRows, inputs, batch, team);

    private static unsafe void Convert(ReadOnlySpan<byte> bytes, Span<float> features)
    {
        fixed (byte* source = bytes)
        fixed (float* destination = features) ByteKernel.Convert(source, destination, bytes.Length, isShared: false);
    }

    private readonly unsafe struct Numbers : IStoredNumbers<byte>
    {
        public static void Apply(in InputView stage, byte* row, float* inputs, bool isShared) => stage.Apply(row, inputs, isShared);

        public static void Copy(byte* row, float* inputs, int count, bool isShared) => ByteKernel.Convert(row, inputs, count, isShared);
    }
}
