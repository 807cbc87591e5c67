namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adds up sparse rows for <see cref="FeatureStatistics"/>, in double precision. What is not stored is zero: it adds nothing to the sums, and brings zero
/// into each feature's range.
/// </summary>
internal sealed class SparseStatisticsBuilder(int featureCount)
{
    private readonly double[] _mean = new double[featureCount];
    private readonly double[] _square = new double[featureCount];
    private readonly double[] _reach = new double[featureCount];
    private readonly double[] _magnitude = new double[featureCount];
    private double _weight;

    /// <summary>Adds a row.</summary>
    /// <param name="values">The values stored.</param>
    /// <param name="indices">Their features; empty where all are given.</param>
    /// <param name="weight">How much the row counts.</param>
    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, double weight)
    {
        _weight += weight;
        for (int i = 0; i < values.Length; i++)
        {
            int feature = indices.IsEmpty ? i : indices[i];
            double value = values[i];
            _mean[feature] += weight * value;
            _magnitude[feature] += weight * Math.Abs(value);
            _square[feature] += weight * value * value;
            _reach[feature] = Math.Max(_reach[feature], Math.Abs(value));
        }
    }

    /// <summary>The statistics of the rows added; no row must be added after that.</summary>
    public FeatureStatistics Build()
    {
        double[] mean = Array.ConvertAll(_mean, sum => sum / _weight);
        double[] deviation = new double[featureCount];
        for (int i = 0; i < featureCount; i++) deviation[i] = Math.Sqrt(Math.Max(0, _square[i] / _weight - mean[i] * mean[i]));
        return new FeatureStatistics(mean, deviation, _reach, Array.ConvertAll(_magnitude, sum => sum / _weight), IsSparse: true);
    }
}
