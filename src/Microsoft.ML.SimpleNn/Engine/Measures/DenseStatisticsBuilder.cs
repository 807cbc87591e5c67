using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adds up rows for <see cref="ColumnStatistics"/>, in double precision. Sums are taken about each feature's first known value, so that one
/// whose mean is far larger than its spread keeps its digits.
/// </summary>
internal sealed class DenseStatisticsBuilder(int featureCount)
{
    private readonly double[] _sum = new double[featureCount];
    private readonly double[] _sumOfSquares = new double[featureCount];
    private readonly double[] _missing = new double[featureCount];
    private readonly float[] _minimum = new float[featureCount];
    private readonly float[] _maximum = new float[featureCount];
    private readonly float[] _origin = new float[featureCount];
    private readonly bool[] _hasOrigin = new bool[featureCount];
    private readonly float[] _filled = new float[featureCount];
    private int _origins;
    private double _weight;

    /// <summary>Adds a row; a value that is NaN is missing.</summary>
    public void Add(ReadOnlySpan<float> row, float weight)
    {
        if (_origins < featureCount) FindOrigins(row);
        if (HasMissing(row)) row = Fill(row, weight);
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

    /// <summary>The statistics of the rows added, of which there must be one.</summary>
    public ColumnStatistics Build()
    {
        if (_weight == 0) throw new InvalidOperationException("There are no rows.");
        var mean = new double[featureCount];
        var deviation = new double[featureCount];
        for (int i = 0; i < featureCount; i++)
        {
            double known = _weight - _missing[i];
            if (!(known > 0)) continue;
            double offset = _sum[i] / known;
            mean[i] = _origin[i] + offset;
            deviation[i] = Math.Sqrt(Math.Max(0, _sumOfSquares[i] / known - offset * offset));
        }

        double[] present = new double[featureCount];
        Array.Fill(present, 1);
        return new ColumnStatistics
        {
            Mean = mean,
            Deviation = deviation,
            Minimum = _minimum,
            Maximum = _maximum,
            Missing = Array.ConvertAll(_missing, missing => missing / _weight),
            Present = present,
            IsSparse = false,
            ValuesPerRow = featureCount,
        };
    }

    /// <summary>A sum of x - x, which is 0, but NaN where an x is.</summary>
    private static bool HasMissing(ReadOnlySpan<float> row)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        Vector<float> sum = Vector<float>.Zero;
        foreach (Vector<float> x in vectors) sum += x - x;
        foreach (float x in row[(vectors.Length * Vector<float>.Count)..])
            if (float.IsNaN(x)) return true;
        return sum != Vector<float>.Zero;
    }

    private void FindOrigins(ReadOnlySpan<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (_hasOrigin[i] || float.IsNaN(row[i])) continue;
            _hasOrigin[i] = true;
            _origin[i] = _minimum[i] = _maximum[i] = row[i];
            _origins++;
        }
    }

    /// <summary>The row with the origin in place of what is missing, which adds nothing to the sums about it.</summary>
    private ReadOnlySpan<float> Fill(ReadOnlySpan<float> row, float weight)
    {
        row.CopyTo(_filled);
        for (int i = 0; i < row.Length; i++)
        {
            if (!float.IsNaN(row[i])) continue;
            _missing[i] += weight;
            _filled[i] = _origin[i];
        }

        return _filled;
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

    private static Span<Vector<T>> Vectors<T>(T[] values)
        where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(values.AsSpan());
}
