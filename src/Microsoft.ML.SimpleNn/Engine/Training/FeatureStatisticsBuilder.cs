using System.Numerics;
using System.Runtime.InteropServices;

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
        int vectors = row.Length / Vector<float>.Count;
        AddVectors(MemoryMarshal.Cast<float, Vector<float>>(row)[..vectors], weight);
        for (int i = vectors * Vector<float>.Count; i < row.Length; i++)
        {
            double difference = (double)row[i] - _origin[i];
            _sum[i] += weight * difference;
            _sumOfSquares[i] += weight * difference * difference;
            if (row[i] < _minimum[i]) _minimum[i] = row[i];
            if (row[i] > _maximum[i]) _maximum[i] = row[i];
        }
    }

    /// <summary>The same for as many features as fill vectors, with the same operations, so that the bits are those of the plain form.</summary>
    private void AddVectors(ReadOnlySpan<Vector<float>> row, double weight)
    {
        Span<Vector<float>> origins = Vectors<float>(_origin), minima = Vectors<float>(_minimum), maxima = Vectors<float>(_maximum);
        Span<Vector<double>> sums = Vectors<double>(_sum), sumsOfSquares = Vectors<double>(_sumOfSquares);
        for (int i = 0; i < row.Length; i++)
        {
            Vector<float> values = row[i];
            minima[i] = Vector.ConditionalSelect(Vector.LessThan(values, minima[i]), values, minima[i]);
            maxima[i] = Vector.ConditionalSelect(Vector.GreaterThan(values, maxima[i]), values, maxima[i]);
            Vector.Widen(values, out Vector<double> low, out Vector<double> high);
            Vector.Widen(origins[i], out Vector<double> lowOrigin, out Vector<double> highOrigin);
            Add(low - lowOrigin, ref sums[2 * i], ref sumsOfSquares[2 * i]);
            Add(high - highOrigin, ref sums[2 * i + 1], ref sumsOfSquares[2 * i + 1]);
        }

        void Add(Vector<double> difference, ref Vector<double> sum, ref Vector<double> sumOfSquares)
        {
            Vector<double> weighted = weight * difference;
            sum += weighted;
            sumOfSquares += weighted * difference;
        }
    }

    private static Span<Vector<T>> Vectors<T>(T[]? values)
        where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(values.AsSpan());

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
