using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>What an autoencoder makes of rows, and, where they have labels, how well it finds those that are true.</summary>
internal sealed class AnomalyEvaluation : Evaluation
{
    private readonly float _threshold;
    private readonly List<(float Score, bool IsPositive)> _rows = [];
    private AnomalyDetectionMetrics? _metrics;
    private bool _hasLabels;

    private AnomalyEvaluation(float threshold)
    {
        _threshold = threshold;
    }

    public override IReadOnlyList<(string Name, string Value)> Tiles =>
    [
        ("rows above the threshold", Number.Percent(_rows.Average(row => row.Score > _threshold ? 1.0 : 0))), ("threshold", Number.Text(_threshold)),
        ("mean error", Number.Text(_rows.Average(row => (double)row.Score))),
        .. _metrics is { } metrics ? new[] { ("area under the ROC curve", Number.Text(metrics.AreaUnderRocCurve)) } : [],
    ];

    public override string WorstTitle => "Strangest rows";

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows that are given back worst.", _hasLabels ? ["row", "error", "label"] : ["row", "error"]);

    /// <summary>Reads the rows.</summary>
    public static AnomalyEvaluation Read(SimpleNnAutoencoderModelParameters model, ScoredData data)
    {
        DataViewSchema.Column score = data.Score;
        ScoredData.Require(score.Type == NumberDataViewType.Single, score, "score", "Single", "give the rows as the model's Transform returns them");
        IDataView? labeled = Labeled(data);
        var evaluation = new AnomalyEvaluation(model.Threshold) { _hasLabels = labeled is not null };
        IEnumerable<float> labels = labeled?.GetColumn<float>(data.Label.Name) ?? Enumerable.Repeat(0f, int.MaxValue);
        foreach (((long row, float error, _), float label) in data.Read<float, float>(score, score).Zip(labels))
            evaluation.Add(row, label, error);
        // ML.NET measures no rows of one label only.
        if (evaluation._rows.Exists(row => row.IsPositive) && evaluation._rows.Exists(row => !row.IsPositive))
            evaluation._metrics = new MLContext(seed: 0).AnomalyDetection.Evaluate(labeled, data.Label.Name, score.Name);
        return evaluation;
    }

    /// <summary>The rows with the label as ML.NET's evaluator takes it, 1 for an anomaly; null where they have none.</summary>
    private static IDataView? Labeled(ScoredData data)
    {
        if (data.LabelOrNull is not { } label)
            return null;
        ScoredData.Require(label.Type == BooleanDataViewType.Instance || label.Type == NumberDataViewType.Single, label, "label",
            "Boolean or Single, true or 1 for an anomaly", "convert it, or leave it out");
        return label.Type == NumberDataViewType.Single ? data.View
            : new MLContext(seed: 0).Transforms.Conversion.ConvertType(label.Name, outputKind: DataKind.Single).Fit(data.View).Transform(data.View);
    }

    public override void Write(Html html) => html.Figures(
    [
        Errors(),
        .. ThresholdCurves.Of(_rows) is not { } curves ? [] : (Figure[])
            [ClassificationCharts.Roc([("anomalies", curves)], "of anomalies by the error"),
                ClassificationCharts.PrecisionRecall([("anomalies", curves)], "of anomalies")],
    ]);

    private Figure Errors()
    {
        float[] scores = [.. _rows.Select(row => row.Score).Where(float.IsFinite).Order()];
        // Errors spread over powers of ten, so their logarithms are drawn; an error of 0 has none.
        Chart chart = new("Errors", "error, as a power of ten", "rows");
        double[] ofNormal = Logarithms(isPositive: false), ofAnomalies = Logarithms(isPositive: true);
        if (_hasLabels)
            chart.Bars("label false", Histogram.Of(ofNormal), isOutline: true).Bars("label true", Histogram.Of(ofAnomalies), isOutline: true);
        else
            chart.Bars("rows", Histogram.Of(ofNormal));
        if (_threshold > 0)
            chart.VerticalLine(Math.Log10(_threshold));
        return chart.Draw($"How many rows have which error; the dashed line is the threshold, {Number.Text(_threshold)}. " +
            $"The median is {Number.Text(scores[scores.Length / 2])}.");

        double[] Logarithms(bool isPositive) =>
            [.. _rows.Where(row => row.IsPositive == isPositive && row.Score > 0 && float.IsFinite(row.Score)).Select(row => Math.Log10(row.Score))];
    }

    private void Add(long row, float label, float error)
    {
        if (float.IsNaN(error) || float.IsNaN(label))
        {
            LeftOut++;
            return;
        }
        bool isAnomaly = label > 0;
        Rows++;
        _rows.Add((error, isAnomaly));
        Tracker.Add(error, row, () => _hasLabels ? [row, error, isAnomaly ? "true" : "false"] : [row, error]);
    }
}
