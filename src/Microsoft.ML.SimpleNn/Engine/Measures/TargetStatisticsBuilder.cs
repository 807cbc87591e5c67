namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adds up rows for <see cref="TargetStatistics"/>, in double precision; targets that are NaN are left out. Sums are taken about each target's first value,
/// so that one whose mean is far larger than its spread keeps its digits.
/// </summary>
internal sealed class TargetStatisticsBuilder(int targetCount)
{
    private readonly double[] _origin = new double[targetCount];
    private readonly double[] _sum = new double[targetCount];
    private readonly double[] _sumOfSquares = new double[targetCount];
    private readonly double[] _weight = new double[targetCount];

    /// <summary>Adds the targets of a row.</summary>
    public void Add(ReadOnlySpan<float> targets, double weight)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (float.IsNaN(targets[i])) continue;
            if (_weight[i] == 0) _origin[i] = targets[i];
            double difference = targets[i] - _origin[i];
            _weight[i] += weight;
            _sum[i] += weight * difference;
            _sumOfSquares[i] += weight * difference * difference;
        }
    }

    /// <summary>The statistics of the rows added so far.</summary>
    public TargetStatistics Build()
    {
        double[] mean = new double[targetCount], deviation = new double[targetCount];
        for (int i = 0; i < targetCount; i++)
        {
            if (_weight[i] == 0)
            {
                mean[i] = double.NaN;
                continue;
            }

            double offset = _sum[i] / _weight[i];
            mean[i] = _origin[i] + offset;
            deviation[i] = Math.Sqrt(Math.Max(0, _sumOfSquares[i] / _weight[i] - offset * offset));
        }

        return new TargetStatistics(mean, deviation);
    }
}
