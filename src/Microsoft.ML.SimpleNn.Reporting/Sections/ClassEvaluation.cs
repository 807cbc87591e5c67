using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well classes are told apart.</summary>
internal sealed class ClassEvaluation : Evaluation
{
    /// <summary>Curves are those of the first rows and of not too many classes, so that their scores have room.</summary>
    private const int MostRowsOfCurves = 100_000, MostClassesOfCurves = 64, MostCurves = 6, MostClassesOfMatrix = 20;
    private readonly string[] _names;
    private readonly ConfusionCounts _confusion;
    private readonly Reliability _reliability = new();
    private readonly Histogram _confidence = new(0, 1, bins: 20);
    private readonly List<(int Label, float[] Scores)> _rowsOfCurves = [];
    private readonly MulticlassClassificationMetrics _metrics;

    private ClassEvaluation(string[] names, MulticlassClassificationMetrics metrics)
    {
        (_names, _metrics, _confusion) = (names, metrics, new ConfusionCounts(names.Length));
    }

    public override IReadOnlyList<(string Name, string Value)> Tiles =>
    [
        ("accuracy", Number.Percent(_metrics.MicroAccuracy)), ("accuracy, each class alike", Number.Percent(_metrics.MacroAccuracy)),
        ("log-loss", Number.Text(_metrics.LogLoss)), ("log-loss reduction", Number.Text(_metrics.LogLossReduction)),
        ("calibration error", Number.Percent(_reliability.ExpectedError)),
    ];

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows whose class was given the least probability, of those predicted wrong.",
            ["row", "label", "predicted", "its probability", "probability of the label"]);

    /// <summary>Reads the rows.</summary>
    public static ClassEvaluation Read(SimpleNnMulticlassModelParameters model, ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score;
        int classes = model.Network.Outputs;
        ScoredData.Require(label.Type is KeyDataViewType { RawType: var raw, Count: var count } && raw == typeof(uint) && count == (ulong)classes, label,
            "label", $"a key of {classes} classes", "give the rows as the model's Transform returns them, with the label mapped to a key");
        string[]? names = KeyNames.Read(label, classes);
        if (names is not null && model.ClassNames is { } own && !own.SequenceEqual(names))
            throw new ArgumentException($"The classes of label column '{label.Name}' are {string.Join(", ", names)}, and those of the model " +
                $"{string.Join(", ", own)}: map the label by the pipeline that the model was trained with.");
        names ??= model.ClassNames is { } known ? [.. known] : [.. Enumerable.Range(1, classes).Select(i => $"class {Number.Text(i)}")];
        var evaluation = new ClassEvaluation(names, new MLContext(seed: 0).MulticlassClassification.Evaluate(data.View, label.Name, score.Name));
        foreach ((long row, uint key, VBuffer<float> scores) in data.Read<uint, VBuffer<float>>(label, score))
            evaluation.Add(row, (int)key - 1, [.. scores.DenseValues()]);
        return evaluation;
    }

    public override void Write(Html html)
    {
        (int Class, ThresholdCurves Curves)[] curves = [.. Curves()];
        html.Tables(Matrix(), ByClass(curves));
        if (_names.Length > MostClassesOfMatrix)
            html.Table(MostConfused());
        html.Figures(Charts([.. curves.OrderBy(one => one.Curves.Area).Take(MostCurves)]));
        if (_rowsOfCurves.Count == MostRowsOfCurves)
            html.Remark($"ROC and precision-recall curves are those of the first {Number.Text(MostRowsOfCurves)} rows.");
    }

    private void Add(long row, int label, float[] scores)
    {
        int predicted = Array.IndexOf(scores, scores.Max());
        if (label < 0 || predicted < 0 || float.IsNaN(scores[predicted]))
        {
            LeftOut++;
            return;
        }
        Rows++;
        _confusion.Add(label, predicted);
        _reliability.Add(scores[predicted], predicted == label);
        _confidence.Add(scores[predicted]);
        if (_names.Length <= MostClassesOfCurves && _rowsOfCurves.Count < MostRowsOfCurves)
            _rowsOfCurves.Add((label, scores));
        if (predicted != label)
            Tracker.Add(-scores[label], row, () => [row, _names[label], _names[predicted], scores[predicted], scores[label]]);
    }

    private Table Matrix()
    {
        int[] shown = _confusion.Largest(MostClassesOfMatrix);
        string caption = "Confusion matrix: rows are labels, columns what was predicted." +
            (shown.Length < _names.Length ? $" The {shown.Length} classes with the most rows, of {_names.Length}." : "");
        Cell[][] counts = [.. shown.Select(label => (Cell[])
            [_names[label], .. shown.Select(predicted => ClassificationCharts.Counted(_confusion, label, predicted))])];
        return new Table(caption, ["label", .. shown.Select(predicted => _names[predicted])], counts) { IsMatrix = true };
    }

    private Table MostConfused() => new("The most frequent mistakes.", ["label", "predicted", "rows"],
        [.. _confusion.Confusions.Take(MostClassesOfMatrix).Select(one => (Cell[])[_names[one.Label], _names[one.Predicted], one.Rows])]);

    private Table ByClass((int Class, ThresholdCurves Curves)[] curves)
    {
        var areas = curves.ToDictionary(one => one.Class, one => one.Curves.Area);
        return new Table("Each class by itself.", ["class", "rows", "precision", "recall", "AUC against the others"],
            [.. Enumerable.Range(0, _names.Length).Where(i => _confusion.Rows(i) > 0).Select(i => (Cell[])
                [_names[i], _confusion.Rows(i), _confusion.Precision(i), _confusion.Recall(i), areas.GetValueOrDefault(i, double.NaN)])]);
    }

    /// <summary>The curves of each class against all others.</summary>
    private IEnumerable<(int Class, ThresholdCurves Curves)> Curves()
    {
        for (int i = 0; i < _names.Length && _rowsOfCurves.Count > 0; i++)
            if (ThresholdCurves.Of(_rowsOfCurves.Select(row => (row.Scores[i], row.Label == i))) is { } curves)
                yield return (i, curves);
    }

    private IEnumerable<Figure> Charts((int Class, ThresholdCurves Curves)[] curves)
    {
        if (curves.Length > 0)
        {
            string which = curves.Length < _names.Length ? $"of the {curves.Length} classes that are told apart worst" : "of each class against the others";
            yield return ClassificationCharts.Roc([.. curves.Select(one => (_names[one.Class], one.Curves))], which);
            yield return ClassificationCharts.PrecisionRecall([.. curves.Select(one => (_names[one.Class], one.Curves))], which);
        }
        yield return ClassificationCharts.Calibration(_reliability, "the predicted class");
        yield return new Chart("How sure the model is", "probability of the predicted class", "rows").Bars("rows", _confidence)
            .Draw("How many rows were predicted with each probability.");
    }
}
