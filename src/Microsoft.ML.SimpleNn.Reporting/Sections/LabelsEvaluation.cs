using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well several yes-or-no labels are predicted at once.</summary>
internal sealed class LabelsEvaluation : Evaluation
{
    private const int MostRowsOfCurves = 100_000, MostCurves = 6;
    private readonly MultiLabelMetrics _metrics;
    private readonly Reliability _reliability = new();
    private readonly List<(float[] Labels, float[] Scores)> _rows = [];

    private LabelsEvaluation(MultiLabelMetrics metrics)
    {
        _metrics = metrics;
    }

    public override IReadOnlyList<(string Name, string Value)> Tiles =>
    [
        ("all labels of a row right", Number.Percent(_metrics.SubsetAccuracy)), ("labels wrong (Hamming loss)", Number.Percent(_metrics.HammingLoss)),
        ("F1, all labels", Number.Text(_metrics.MicroF1Score)), ("log-loss, in bits", Number.Text(_metrics.LogLoss)),
        ("calibration error", Number.Percent(_reliability.ExpectedError)),
    ];

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows with a label that was given the least probability.", ["row", "name of the label", "label", "probability of yes"]);

    /// <summary>Reads the rows.</summary>
    public static LabelsEvaluation Read(ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score;
        var evaluation = new LabelsEvaluation(new MLContext(seed: 0).Regression.EvaluateLabels(data.View, label.Name, score.Name));
        if (ScoredRows.ItemType(label) == BooleanDataViewType.Instance)
            evaluation.Add(data.ReadVectors<bool>(value => value ? 1 : 0));
        else
            evaluation.Add(data.ReadVectors<float>(value => value));
        return evaluation;
    }

    public override void Write(Html html)
    {
        html.Table(new Table("Each label by itself, over the rows where it is known.",
            ["label", "rows", "of which yes", "accuracy", "precision", "recall", "AUC"],
            [.. _metrics.Labels.Select((one, slot) => (Cell[])
                [NameOf(slot), one.Count, one.PositiveCount, one.Accuracy, one.Precision, one.Recall, one.AreaUnderRocCurve])]));
        (string, ThresholdCurves)[] curves = [.. Curves().OrderBy(one => one.Curves.Area).Take(MostCurves)];
        if (_rows.Count == MostRowsOfCurves)
            html.Remark($"Curves are those of the first {Number.Text(MostRowsOfCurves)} rows.");
        html.Figures(
        [
            .. curves.Length == 0 ? [] : (Figure[])[ClassificationCharts.Roc(curves, "of the labels with the smallest area"),
                ClassificationCharts.PrecisionRecall(curves, "of the same labels")],
            ClassificationCharts.Calibration(_reliability, "yes"),
        ]);
    }

    private void Add(IEnumerable<(long Row, float[] Labels, float[] Scores)> rows)
    {
        foreach ((long row, float[] labels, float[] scores) in rows)
            Add(row, labels, scores);
    }

    private IEnumerable<(string Name, ThresholdCurves Curves)> Curves()
    {
        for (int slot = 0; slot < _metrics.Labels.Count; slot++)
            if (ThresholdCurves.Of(_rows.Where(row => IsKnown(row.Labels, row.Scores, slot))
                .Select(row => (row.Scores[slot], row.Labels[slot] > 0.5f))) is { } curves)
                yield return (NameOf(slot), curves);
    }

    private string NameOf(int slot) => _metrics.Labels[slot].Name is { Length: > 0 } name ? name : $"label {Number.Text(slot)}";

    private static bool IsKnown(float[] labels, float[] scores, int slot) => float.IsFinite(labels[slot]) && float.IsFinite(scores[slot]);

    private void Add(long row, float[] labels, float[] scores)
    {
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(slot => IsKnown(labels, scores, slot))];
        if (known.Length == 0)
        {
            LeftOut++;
            return;
        }
        Rows++;
        foreach (int slot in known)
            _reliability.Add(scores[slot], labels[slot] > 0.5f);
        if (_rows.Count < MostRowsOfCurves)
            _rows.Add((labels, scores));
        int worst = known.MaxBy(slot => Math.Abs(labels[slot] - scores[slot]));
        Tracker.Add(Math.Abs(labels[worst] - scores[worst]), row, () => [row, NameOf(worst), labels[worst] > 0.5f ? "yes" : "no", scores[worst]], worst);
    }
}
