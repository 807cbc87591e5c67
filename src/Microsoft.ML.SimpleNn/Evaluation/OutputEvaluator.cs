namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes <see cref="OutputMetrics"/>.</summary>
internal static class OutputEvaluator
{
    public static OutputMetrics Run((float Label, float Score)[] rows, string? name)
    {
        double mean = rows.Average(row => (double)row.Label);
        double squares = rows.Sum(row => Square((double)row.Score - row.Label));
        return new OutputMetrics
        {
            Name = name,
            Count = rows.Length,
            MeanAbsoluteError = rows.Average(row => Math.Abs((double)row.Score - row.Label)),
            MeanSquaredError = squares / rows.Length,
            RSquared = 1 - squares / rows.Sum(row => Square(row.Label - mean)),
        };
    }

    private static double Square(double x) => x * x;
}
