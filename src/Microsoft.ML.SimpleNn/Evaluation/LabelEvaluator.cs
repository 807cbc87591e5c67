namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes <see cref="LabelMetrics"/>.</summary>
internal static class LabelEvaluator
{
    public static LabelMetrics Run(ScoredSlot[] rows, string? name, float threshold)
    {
        double Count(bool label, bool predicted) => rows.Sum(row => IsYes(row) == label && row.Score > threshold == predicted ? (double)row.Weight : 0);
        return new LabelMetrics
        {
            Name = name,
            TruePositives = Count(label: true, predicted: true),
            FalsePositives = Count(label: false, predicted: true),
            TrueNegatives = Count(label: false, predicted: false),
            FalseNegatives = Count(label: true, predicted: false),
            AreaUnderRocCurve = AreaUnderRocCurve(rows),
            LogLoss = rows.Sum(row => row.Weight * -Math.Log2(IsYes(row) ? row.Score : 1.0 - row.Score)) / rows.Sum(row => (double)row.Weight),
        };
    }

    /// <summary>The fraction of rows whose known labels are all predicted right; a row with none of them known counts as right.</summary>
    public static double SubsetAccuracy(ScoredRows rows, float threshold)
    {
        double Right(int row) => AllRight(rows, row, threshold) ? rows.Weights[row] : 0;
        return Enumerable.Range(0, rows.Weights.Count).Sum(Right) / rows.Weights.Sum(weight => (double)weight);
    }

    private static bool AllRight(ScoredRows rows, int row, float threshold) => Enumerable.Range(0, rows.Labels.Length).All(slot =>
        float.IsNaN(rows.Labels[slot][row]) || rows.Labels[slot][row] > 0.5f == rows.Scores[slot][row] > threshold);

    /// <summary>
    /// The weight of the pairs of yes and no in which the yes has the higher score, of all pairs (Mann and Whitney 1947); equal scores count half.
    /// </summary>
    private static double AreaUnderRocCurve(ScoredSlot[] rows)
    {
        double pairs = 0, yes = 0, no = 0;
        foreach (IGrouping<float, ScoredSlot> equal in rows.GroupBy(row => row.Score).OrderBy(group => group.Key))
        {
            double equalYes = equal.Sum(row => IsYes(row) ? (double)row.Weight : 0), equalNo = equal.Sum(row => IsYes(row) ? 0 : (double)row.Weight);
            pairs += equalYes * (no + equalNo / 2);
            yes += equalYes;
            no += equalNo;
        }

        return pairs / (yes * no);
    }

    private static bool IsYes(ScoredSlot row) => row.Label > 0.5f;
}
