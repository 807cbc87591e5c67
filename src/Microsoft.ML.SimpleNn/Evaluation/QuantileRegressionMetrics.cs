namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How well several quantiles of a number are predicted: each by itself, and the interval from the lowest to the highest.</summary>
public sealed class QuantileRegressionMetrics
{
    internal QuantileRegressionMetrics(IReadOnlyList<QuantileMetrics> quantiles, double intervalCoverage, double intervalWidth)
    {
        (Quantiles, IntervalCoverage, IntervalWidth) = (quantiles, intervalCoverage, intervalWidth);
    }

    /// <summary>The metrics of each quantile, in the order of the score's slots.</summary>
    public IReadOnlyList<QuantileMetrics> Quantiles { get; }

    /// <summary>
    /// The fraction of the labels within the interval, bounds included, from the score of the lowest probability to that of the highest; of true quantiles it
    /// comes near the
    /// difference of the two. 0 or nearly so where there is one quantile only.
    /// </summary>
    public double IntervalCoverage { get; }

    /// <summary>
    /// The mean distance between the bounds of the interval, in the unit of the label: of two with the same coverage the narrower is better. Negative where
    /// most bounds cross.
    /// </summary>
    public double IntervalWidth { get; }

    /// <summary>The mean over the quantiles of their pinball losses.</summary>
    public double PinballLoss => Quantiles.Average(quantile => quantile.PinballLoss);
}
