namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>The charts of predictions of classes.</summary>
internal static class ClassificationCharts
{
    /// <summary>A cell of a confusion matrix.</summary>
    public static Cell Counted(ConfusionCounts confusion, int label, int predicted)
    {
        long rows = confusion[label, predicted];
        // The root, so that a few mistakes among many rows are seen.
        return Cell.OfHeat(rows, rows == 0 ? 0 : Math.Cbrt((double)rows / confusion.Rows(label)), label != predicted);
    }

    /// <summary>ROC curves.</summary>
    /// <param name="curves">The curves with their names.</param>
    /// <param name="which">Of what they are.</param>
    public static Figure Roc((string Name, ThresholdCurves Curves)[] curves, string which)
    {
        Chart chart = new Chart("ROC", "rate of false positives", "rate of true positives").OfFractions().Diagonal();
        foreach ((string name, ThresholdCurves one) in curves)
            chart.Curve($"{name}: AUC {Number.Text(one.Area)}", one.Roc);
        string areas = string.Join(", ", curves.Select(curve => $"{curve.Name} {Number.Text(curve.Curves.Area)}"));
        return chart.Draw($"The curves {which}; dashed is chance. Area under the curve: {areas}.",
            Numbers("rate of false positives", curves, one => one.Roc, "The rate of true positives at some rates of false positives."));
    }

    /// <summary>Precision against recall.</summary>
    /// <inheritdoc cref="Roc"/>
    public static Figure PrecisionRecall((string Name, ThresholdCurves Curves)[] curves, string which)
    {
        Chart chart = new Chart("Precision and recall", "recall", "precision").OfFractions();
        foreach ((string name, ThresholdCurves one) in curves)
            chart.Curve(name, one.PrecisionRecall);
        return chart.Draw($"The curves {which}: of the rows taken for positive the part that is, against the part of the positive rows that is found.",
            Numbers("recall", curves, one => one.PrecisionRecall, "The precision at some recalls."));
    }

    /// <summary>Whether probabilities are what they say.</summary>
    /// <param name="reliability">The bins.</param>
    /// <param name="what">What the probability is of.</param>
    public static Figure Calibration(Reliability reliability, string what)
    {
        (double Probability, double Observed, double Rows)[] bins = [.. reliability.Bins];
        return new Chart("Calibration", $"probability of {what}", "part that came true").OfFractions().Diagonal()
            .Curve("observed", bins.Select(bin => (bin.Probability, bin.Observed)), withMarks: true)
            .Draw($"On the dashed line probabilities are what they say. Expected calibration error {Number.Percent(reliability.ExpectedError)}.",
                new Table("Ten bins of equal width.", ["mean probability", "came true", "rows"],
                    [.. bins.Select(bin => (Cell[])[bin.Probability, bin.Observed, bin.Rows])]));
    }

    private static Table Numbers(
        string head, (string Name, ThresholdCurves Curves)[] curves, Func<ThresholdCurves, (double X, double Y)[]> points, string caption)
    {
        const int Steps = 10;
        return new Table(caption, [head, .. curves.Select(curve => curve.Name)], [.. Enumerable.Range(0, Steps + 1).Select(i => (Cell[])
            [(double)i / Steps, .. curves.Select(curve => (Cell)ThresholdCurves.At(points(curve.Curves), (double)i / Steps))])]);
    }
}
