namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How well one of several quantiles is predicted.</summary>
public sealed record QuantileMetrics
{
    /// <summary>The probability of the quantile, above 0 and below 1.</summary>
    public required float Probability { get; init; }

    /// <summary>
    /// The mean of p (label - score) where the score is below the label and (1 - p) (score - label) above, in the unit of the label, which the true quantile of
    /// probability p
    /// makes smallest (R. Koenker, G. Bassett 1978, Regression Quantiles).
    /// </summary>
    public required double PinballLoss { get; init; }

    /// <summary>The fraction of the labels that are at the score or below it; of true quantiles it comes near <see cref="Probability"/>.</summary>
    public required double Coverage { get; init; }
}
