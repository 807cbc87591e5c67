namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adds up sparse rows for <see cref="ColumnStatistics"/>, in double precision. What is not stored is zero: it adds nothing to the sums, and brings zero
/// into each feature's range. Sums are taken about each feature's first value, and what is not stored is added to them at the end.
/// </summary>
internal sealed class SparseStatisticsBuilder(int featureCount)
{
    /// <summary>Weights that add up to the same in another order differ by less.</summary>
    private const double Rounding = 1e-9;

    private readonly double[] _sum = new double[featureCount];
    private readonly double[] _square = new double[featureCount];
    private readonly double[] _known = new double[featureCount];
    private readonly double[] _missing = new double[featureCount];
    private readonly float[] _origin = new float[featureCount];
    private readonly float[] _minimum = new float[featureCount];
    private readonly float[] _maximum = new float[featureCount];
    private double _weight, _values;

    /// <summary>Adds a row; a value that is NaN is missing.</summary>
    /// <param name="values">The values stored.</param>
    /// <param name="indices">Their features; empty where all are given.</param>
    /// <param name="weight">How much the row counts.</param>
    public void Add(ReadOnlySpan<float> values, ReadOnlySpan<int> indices, double weight)
    {
        _weight += weight;
        for (int i = 0; i < values.Length; i++)
        {
            int feature = indices.IsEmpty ? i : indices[i];
            float value = values[i];
            if (float.IsNaN(value))
            {
                _missing[feature] += weight;
                continue;
            }

            if (value == 0) continue;
            if (_known[feature] == 0) _origin[feature] = _minimum[feature] = _maximum[feature] = value;
            double difference = (double)value - _origin[feature];
            _known[feature] += weight;
            _values += weight;
            _sum[feature] += weight * difference;
            _square[feature] += weight * difference * difference;
            _minimum[feature] = Math.Min(_minimum[feature], value);
            _maximum[feature] = Math.Max(_maximum[feature], value);
        }
    }

    /// <summary>The statistics of the rows added so far.</summary>
    public ColumnStatistics Build()
    {
        double[] mean = new double[featureCount], deviation = new double[featureCount], present = new double[featureCount];
        float[] minimum = [.. _minimum], maximum = [.. _maximum];
        for (int i = 0; i < featureCount; i++)
        {
            double known = _weight - _missing[i], zeros = known - _known[i];
            if (!(known > 0)) continue;
            double sum = _sum[i], square = _square[i];
            if (zeros > Rounding * known)
            {
                // The zeros' difference from the origin is -origin.
                sum -= zeros * _origin[i];
                square += zeros * _origin[i] * _origin[i];
                minimum[i] = Math.Min(minimum[i], 0);
                maximum[i] = Math.Max(maximum[i], 0);
            }

            double offset = sum / known;
            mean[i] = _origin[i] + offset;
            deviation[i] = Math.Sqrt(Math.Max(0, square / known - offset * offset));
            present[i] = _known[i] / known;
        }

        return new ColumnStatistics
        {
            Mean = mean,
            Deviation = deviation,
            Minimum = minimum,
            Maximum = maximum,
            Missing = Array.ConvertAll(_missing, missing => missing / _weight),
            Present = present,
            IsSparse = true,
            ValuesPerRow = _values / _weight,
        };
    }
}
