namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>What a yes-or-no prediction gives at each threshold: the ROC curve, and precision and recall.</summary>
/// <remarks>Rows of equal score lie on the same side of every threshold: they are one step of the curves.</remarks>
internal sealed class ThresholdCurves
{
    private const double SmallestStep = 1.0 / 250;

    private ThresholdCurves(List<(double FalsePositives, double TruePositives)> steps, double positives, double negatives)
    {
        (Positives, Negatives) = (positives, negatives);
        IEnumerable<(double X, double Y)> roc = steps.Select(step => (step.FalsePositives / negatives, step.TruePositives / positives));
        Roc = Thin(roc.Prepend((0, 0)));
        Area = AreaBelow(steps) / (positives * negatives);
        PrecisionRecall = Thin(steps.Select(step => (step.TruePositives / positives, step.TruePositives / (step.TruePositives + step.FalsePositives))));
    }

    /// <summary>The rows of yes, above 0.</summary>
    public double Positives { get; }

    /// <summary>The rows of no, above 0.</summary>
    public double Negatives { get; }

    /// <summary>The rate of false positives, and that of true positives, from (0, 0) to (1, 1).</summary>
    public (double X, double Y)[] Roc { get; }

    /// <summary>Recall, and the precision there.</summary>
    public (double X, double Y)[] PrecisionRecall { get; }

    /// <summary>The area under the ROC curve: how often a row of yes has a higher score than one of no, ties counting half.</summary>
    public double Area { get; }

    /// <summary>Measures the curves; null where all rows are of one kind.</summary>
    public static ThresholdCurves? Of(IEnumerable<(float Score, bool IsPositive)> rows)
    {
        (float Score, bool IsPositive)[] sorted = [.. rows.OrderByDescending(row => row.Score)];
        double positives = sorted.Count(row => row.IsPositive), negatives = sorted.Length - positives;
        if (positives == 0 || negatives == 0)
            return null;
        List<(double, double)> steps = [];
        (double falsePositives, double truePositives) = (0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].IsPositive)
                truePositives++;
            else
                falsePositives++;
            if (i == sorted.Length - 1 || sorted[i + 1].Score != sorted[i].Score)
                steps.Add((falsePositives, truePositives));
        }
        return new ThresholdCurves(steps, positives, negatives);
    }

    /// <summary>The height of a curve at a place: of the last point at or before it.</summary>
    public static double At((double X, double Y)[] curve, double x) => curve.Where(point => point.X <= x + 1e-9).Select(point => point.Y)
        .DefaultIfEmpty(double.NaN).Last();

    /// <summary>The sum of trapezia.</summary>
    private static double AreaBelow(List<(double FalsePositives, double TruePositives)> steps)
    {
        double area = 0;
        (double FalsePositives, double TruePositives) last = (0, 0);
        foreach ((double FalsePositives, double TruePositives) step in steps)
        {
            area += (step.FalsePositives - last.FalsePositives) * (step.TruePositives + last.TruePositives) / 2;
            last = step;
        }
        return area;
    }

    /// <summary>Leaves out points that the eye cannot tell from the last one; the first and the last stay.</summary>
    private static (double X, double Y)[] Thin(IEnumerable<(double X, double Y)> points)
    {
        List<(double X, double Y)> kept = [];
        (double X, double Y) last = default;
        foreach ((double X, double Y) point in points)
        {
            last = point;
            if (kept.Count == 0 || Math.Abs(point.X - kept[^1].X) + Math.Abs(point.Y - kept[^1].Y) >= SmallestStep)
                kept.Add(point);
        }
        if (kept.Count > 0 && kept[^1] != last)
            kept.Add(last);
        return [.. kept];
    }
}
