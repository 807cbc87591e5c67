namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes <see cref="LabelMetrics"/>.</summary>
internal static class LabelEvaluator
{
    public static LabelMetrics Run((float Label, float Score)[] rows, string? name, float threshold)
    {
        int Count(bool label, bool predicted) => rows.Count(row => row.Label > 0.5f == label && row.Score > threshold == predicted);
        return new LabelMetrics
        {
            Name = name,
            TruePositives = Count(label: true, predicted: true),
            FalsePositives = Count(label: false, predicted: true),
            TrueNegatives = Count(label: false, predicted: false),
            FalseNegatives = Count(label: true, predicted: false),
            AreaUnderRocCurve = AreaUnderRocCurve(rows),
            LogLoss = rows.Average(row => -Math.Log2(row.Label > 0.5f ? row.Score : 1.0 - row.Score)),
        };
    }

    /// <summary>The fraction of rows whose known labels are all predicted right; a row with none of them known counts as right.</summary>
    public static double SubsetAccuracy(ScoredRows rows, float threshold) =>
        Enumerable.Range(0, rows.Labels[0].Count).Average(row => AllRight(rows, row, threshold) ? 1.0 : 0.0);

    private static bool AllRight(ScoredRows rows, int row, float threshold) => Enumerable.Range(0, rows.Labels.Length).All(slot =>
        float.IsNaN(rows.Labels[slot][row]) || rows.Labels[slot][row] > 0.5f == rows.Scores[slot][row] > threshold);

    /// <summary>By the ranks of the scores (Mann and Whitney 1947); equal scores share the mean of their ranks.</summary>
    private static double AreaUnderRocCurve((float Label, float Score)[] rows)
    {
        (float Label, float Score)[] ranked = [.. rows.OrderBy(row => row.Score)];
        double sumOfRanks = 0, positives = 0;
        for (int first = 0, next; first < ranked.Length; first = next)
        {
            next = first + 1;
            while (next < ranked.Length && ranked[next].Score == ranked[first].Score) next++;
            int yes = ranked[first..next].Count(row => row.Label > 0.5f);
            sumOfRanks += yes * (first + 1 + next) / 2.0;
            positives += yes;
        }

        return (sumOfRanks - positives * (positives + 1) / 2) / (positives * (ranked.Length - positives));
    }
}
