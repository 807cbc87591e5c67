namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>
/// Whether probabilities are what they say: in ten bins of equal width, the mean probability and how often it came true (C. Guo et al. 2017, On Calibration of
/// Modern Neural Networks).
/// </summary>
internal sealed class Reliability
{
    private const int Count = 10;
    private readonly double[] _sums = new double[Count], _hits = new double[Count], _rows = new double[Count];

    /// <summary>The bins that have rows: the mean probability, the part that came true, and the rows.</summary>
    public IEnumerable<(double Probability, double Observed, double Rows)> Bins => Enumerable.Range(0, Count).Where(i => _rows[i] > 0)
        .Select(i => (_sums[i] / _rows[i], _hits[i] / _rows[i], _rows[i]));

    /// <summary>The expected calibration error: the mean over the rows of how far the two of their bin are apart.</summary>
    public double ExpectedError => Bins.Sum(bin => bin.Rows * Math.Abs(bin.Probability - bin.Observed)) / _rows.Sum();

    /// <summary>Adds a row.</summary>
    /// <param name="probability">The probability, 0 to 1.</param>
    /// <param name="isTrue">Whether it came true.</param>
    public void Add(double probability, bool isTrue)
    {
        int bin = Math.Clamp((int)(probability * Count), 0, Count - 1);
        _sums[bin] += probability;
        _hits[bin] += isTrue ? 1 : 0;
        _rows[bin]++;
    }
}
