namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes <see cref="QuantileRegressionMetrics"/>.</summary>
internal static class QuantileEvaluator
{
    /// <param name="slots">The rows of each quantile [probabilities][rows]; the label of a row is the same in all.</param>
    /// <param name="probabilities">The probability of each quantile.</param>
    public static QuantileRegressionMetrics Run(ScoredSlot[][] slots, float[] probabilities)
    {
        ScoredSlot[] lowest = slots[Array.IndexOf(probabilities, probabilities.Min())], highest = slots[Array.IndexOf(probabilities, probabilities.Max())];
        IEnumerable<(ScoredSlot Low, ScoredSlot High)> bounds = lowest.Zip(highest);
        double weight = lowest.Sum(row => (double)row.Weight);
        return new QuantileRegressionMetrics(
            [.. slots.Zip(probabilities, RunOne)],
            intervalCoverage: bounds.Sum(row => row.Low.Label >= row.Low.Score && row.Low.Label <= row.High.Score ? (double)row.Low.Weight : 0) / weight,
            intervalWidth: bounds.Sum(row => row.Low.Weight * ((double)row.High.Score - row.Low.Score)) / weight);
    }

    private static QuantileMetrics RunOne(ScoredSlot[] rows, float probability)
    {
        double weight = rows.Sum(row => (double)row.Weight);
        return new QuantileMetrics
        {
            Probability = probability,
            PinballLoss = rows.Sum(row => row.Weight * Pinball((double)row.Label - row.Score, probability)) / weight,
            Coverage = rows.Sum(row => row.Label <= row.Score ? (double)row.Weight : 0) / weight,
        };
    }

    private static double Pinball(double labelAboveScore, float probability) =>
        labelAboveScore >= 0 ? probability * labelAboveScore : (probability - 1.0) * labelAboveScore;
}
