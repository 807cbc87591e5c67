namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The charts of predictions of numbers.</summary>
internal static class RegressionCharts
{
    private const int RowsOfBounds = 60;

    /// <summary>Scores against labels.</summary>
    /// <param name="title">The title.</param>
    /// <param name="rows">Some rows.</param>
    public static Figure ScoresAndLabels(string title, IEnumerable<(double Label, double Score)> rows) =>
        new Chart(title, "label", "score").Diagonal().Points("rows", rows)
            .Draw("A point for each of some rows; on the dashed line scores are right.");

    /// <summary>Residuals against scores.</summary>
    public static Figure Residuals(IEnumerable<(double Label, double Score)> rows) =>
        new Chart("Residuals", "score", "label - score").HorizontalLine(0).Points("rows", rows.Select(row => (row.Score, row.Label - row.Score)))
            .Draw("What the model has missed, for some rows: a pattern here is something that it has not learned.");

    /// <summary>How large residuals are.</summary>
    public static Figure ResidualHistogram(IReadOnlyCollection<double> residuals) =>
        new Chart("Sizes of residuals", "label - score", "rows").Bars("rows", Histogram.Of(residuals)).VerticalLine(0)
            .Draw($"How many rows have which residual. The mean is {Number.Text(residuals.Average())}.");

    /// <summary>The bounds of intervals, row by row.</summary>
    /// <param name="rows">Some rows.</param>
    public static Figure Bounds(IEnumerable<(double Label, double Low, double High)> rows)
    {
        (double Label, double Low, double High)[] all = [.. rows.OrderBy(row => row.Low + row.High)];
        int step = Math.Max(1, all.Length / RowsOfBounds);
        (double Label, double Low, double High)[] shown = [.. all.Where((_, i) => i % step == 0)];
        return new Chart("Intervals", "rows, by their middle", "label")
            .Curve("upper bound", shown.Select((row, i) => ((double)i, row.High))).Curve("lower bound", shown.Select((row, i) => ((double)i, row.Low)))
            .Points("label", shown.Select((row, i) => ((double)i, row.Label)))
            .Draw("The bounds and the labels of some rows, in the order of the middle of their interval.");
    }

    /// <summary>Whether intervals hold for low and for high scores.</summary>
    /// <param name="rows">The middle of the interval, and whether the label lies within.</param>
    /// <param name="wanted">The coverage that was asked for.</param>
    public static Figure Coverage(List<(double Middle, bool IsCovered)> rows, double wanted)
    {
        const int Parts = 10;
        (double Middle, bool IsCovered)[] sorted = [.. rows.OrderBy(row => row.Middle)];
        int parts = Math.Min(Parts, sorted.Length);
        var covered = Enumerable.Range(0, parts).Select(i => sorted[(sorted.Length * i / parts)..(sorted.Length * (i + 1) / parts)])
            .Select(part => (Middle: part.Average(row => row.Middle), Coverage: part.Average(row => row.IsCovered ? 1.0 : 0), Rows: part.Length)).ToArray();
        double all = sorted.Average(row => row.IsCovered ? 1.0 : 0);
        return new Chart("Interval coverage", "middle of the interval, by tenths of the rows", "part of labels within").HorizontalLine(wanted)
            .Curve("covered", covered.Select(part => (part.Middle, part.Coverage)), withMarks: true)
            .Draw($"Of all labels {Number.Percent(all)} lie within their interval; {Number.Percent(wanted)}, the dashed line, were asked for.",
                new Table("Tenths of the rows.", ["mean of the middle", "covered", "rows"],
                    [.. covered.Select(part => (Cell[])[part.Middle, part.Coverage, part.Rows])]));
    }
}
