namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes <see cref="OutputMetrics"/>.</summary>
internal static class OutputEvaluator
{
    public static OutputMetrics Run(ScoredSlot[] rows, string? name)
    {
        double weight = rows.Sum(row => (double)row.Weight);
        double Mean(Func<ScoredSlot, double> value) => rows.Sum(row => row.Weight * value(row)) / weight;
        double meanLabel = Mean(row => row.Label), meanSquaredError = Mean(row => Square((double)row.Score - row.Label));
        return new OutputMetrics
        {
            Name = name,
            Count = rows.Length,
            MeanAbsoluteError = Mean(row => Math.Abs((double)row.Score - row.Label)),
            MeanSquaredError = meanSquaredError,
            RSquared = 1 - meanSquaredError / Mean(row => Square(row.Label - meanLabel)),
        };
    }

    private static double Square(double x) => x * x;
}
