namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adds up rows for <see cref="FeatureStatistics"/>, in double precision. Sums are taken about the first row's values, so that a feature
/// whose mean is far larger than its spread keeps its digits.
/// </summary>
internal sealed class FeatureStatisticsBuilder(int featureCount)
{
    private readonly double[] _sum = new double[featureCount];
    private readonly double[] _sumOfSquares = new double[featureCount];
    private readonly float[] _minimum = new float[featureCount];
    private readonly float[] _maximum = new float[featureCount];
    private float[]? _origin;
    private double _weight;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<float> row, float weight)
    {
        if (_origin == null)
        {
            _origin = row.ToArray();
            row.CopyTo(_minimum);
            row.CopyTo(_maximum);
        }

        _weight += weight;
        float[] origin = _origin, minimum = _minimum, maximum = _maximum;
        double[] sum = _sum, sumOfSquares = _sumOfSquares;
        for (int i = 0; i < row.Length; i++)
        {
            float value = row[i];
            double difference = (double)value - origin[i];
            sum[i] += weight * difference;
            sumOfSquares[i] += weight * difference * difference;
            if (value < minimum[i]) minimum[i] = value;
            if (value > maximum[i]) maximum[i] = value;
        }
    }

    /// <summary>The statistics of the rows added, of which there must be one.</summary>
    public FeatureStatistics Build()
    {
        if (_origin == null) throw new InvalidOperationException("There are no rows.");
        var mean = new double[featureCount];
        var deviation = new double[featureCount];
        var reach = new double[featureCount];
        for (int i = 0; i < featureCount; i++)
        {
            double offset = _sum[i] / _weight;
            mean[i] = _origin[i] + offset;
            deviation[i] = Math.Sqrt(Math.Max(0, _sumOfSquares[i] / _weight - offset * offset));
            reach[i] = Math.Max(_maximum[i] - mean[i], mean[i] - _minimum[i]);
        }

        return new FeatureStatistics(mean, deviation, reach, Magnitude: deviation, IsSparse: false);
    }
}
