using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well true is told from false.</summary>
internal sealed class BinaryEvaluation : Evaluation
{
    private readonly ConfusionCounts _confusion = new(classes: 2);
    private readonly Reliability _reliability = new();
    private readonly Histogram _ofTrue = new(0, 1), _ofFalse = new(0, 1);
    private readonly List<(float Score, bool IsPositive)> _rows = [];
    private CalibratedBinaryClassificationMetrics? _metrics;

    public override IReadOnlyList<(string Name, string Value)> Tiles => _metrics is not { } metrics
        ? [("accuracy", Number.Percent((double)(_confusion[0, 0] + _confusion[1, 1]) / Rows))]
        :
        [
            ("accuracy", Number.Percent(metrics.Accuracy)), ("area under the ROC curve", Number.Text(metrics.AreaUnderRocCurve)),
            ("area under precision-recall", Number.Text(metrics.AreaUnderPrecisionRecallCurve)), ("F1", Number.Text(metrics.F1Score)),
            ("log-loss, in bits", Number.Text(metrics.LogLoss)), ("calibration error", Number.Percent(_reliability.ExpectedError)),
        ];

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows whose label was given the least probability, of those predicted wrong.", ["row", "label", "predicted", "probability of true"]);

    /// <summary>Reads the rows.</summary>
    public static BinaryEvaluation Read(ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score, probability = data.Added(ScoredData.ProbabilityColumn);
        ScoredData.Require(label.Type == BooleanDataViewType.Instance, label, "label", "Boolean", "give the rows as the model's Transform returns them");
        var evaluation = new BinaryEvaluation();
        foreach ((long row, bool isTrue, float given) in data.Read<bool, float>(label, probability))
            evaluation.Add(row, isTrue, given);
        // ML.NET measures no rows of one label only.
        if (evaluation._confusion.Rows(0) > 0 && evaluation._confusion.Rows(1) > 0)
            evaluation._metrics = new MLContext(seed: 0).BinaryClassification.Evaluate(data.View, label.Name, score.Name, probability.Name);
        return evaluation;
    }

    public override void Write(Html html)
    {
        Cell[][] counts = [["false", Counted(0, 0), Counted(0, 1)], ["true", Counted(1, 0), Counted(1, 1)]];
        var matrix = new Table("Confusion matrix: rows are labels, columns what was predicted.", ["label", "false", "true"], counts) { IsMatrix = true };
        if (_metrics is { } metrics)
            html.Tables(matrix, new Table("Both labels by themselves.", ["label", "rows", "precision", "recall"],
            [
                ["true", _confusion.Rows(1), metrics.PositivePrecision, metrics.PositiveRecall],
                ["false", _confusion.Rows(0), metrics.NegativePrecision, metrics.NegativeRecall],
            ]));
        else
            html.Table(matrix).Remark("All rows have one label, so that there are no curves.");
        html.Figures(Charts());
    }

    private void Add(long row, bool label, float probability)
    {
        if (float.IsNaN(probability))
        {
            LeftOut++;
            return;
        }
        bool predicted = probability > 0.5f;
        Rows++;
        _confusion.Add(label ? 1 : 0, predicted ? 1 : 0);
        _reliability.Add(probability, label);
        (label ? _ofTrue : _ofFalse).Add(probability);
        _rows.Add((probability, label));
        if (predicted != label)
            Tracker.Add(Math.Abs(probability - 0.5), row, () => [row, label ? "true" : "false", predicted ? "true" : "false", probability]);
    }

    private Cell Counted(int label, int predicted) => ClassificationCharts.Counted(_confusion, label, predicted);

    private IEnumerable<Figure> Charts()
    {
        if (ThresholdCurves.Of(_rows) is { } curves)
        {
            yield return ClassificationCharts.Roc([("true", curves)], "of true against false");
            yield return ClassificationCharts.PrecisionRecall([("true", curves)], "of true");
        }
        yield return ClassificationCharts.Calibration(_reliability, "true");
        yield return new Chart("Probabilities", "probability of true", "rows").Bars("label true", _ofTrue, isOutline: true)
            .Bars("label false", _ofFalse, isOutline: true)
            .Draw("How many rows of each label were given each probability: the further apart both are, the better.");
    }
}
