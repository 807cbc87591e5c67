using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well one number is predicted.</summary>
internal sealed class NumberEvaluation : Evaluation
{
    private const int MostPoints = 800;
    private readonly EvenSample<(double Label, double Score)> _sample = new(MostPoints);
    private readonly List<double> _residuals = [];
    private readonly RegressionMetrics _metrics;
    private readonly PredictionInterval? _interval;
    private readonly List<(double Middle, bool IsCovered)> _covered = [];
    private readonly EvenSample<(double Label, double Low, double High)> _bounds = new(MostPoints);

    private NumberEvaluation(RegressionMetrics metrics, PredictionInterval? interval)
    {
        (_metrics, _interval) = (metrics, interval);
    }

    public override IReadOnlyList<(string Name, string Value)> Tiles =>
    [
        ("root mean squared error", Number.Text(_metrics.RootMeanSquaredError)), ("mean absolute error", Number.Text(_metrics.MeanAbsoluteError)),
        ("R²", Number.Text(_metrics.RSquared)),
        .. _covered.Count == 0 ? [] : new[] { ("labels within their interval", Number.Percent(_covered.Average(row => row.IsCovered ? 1.0 : 0))) },
    ];

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows whose score is furthest from their label.", ["row", "label", "score", "label - score"]);

    /// <summary>Reads the rows.</summary>
    public static NumberEvaluation Read(SimpleNnRegressionModelParameters model, ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score;
        bool hasBounds = model.Interval is not null && data.Has(ScoredData.LowerColumn) && data.Has(ScoredData.UpperColumn);
        var evaluation = new NumberEvaluation(
            new MLContext(seed: 0).Regression.Evaluate(data.View, label.Name, score.Name), hasBounds ? model.Interval : null);
        foreach ((long row, float wanted, float given) in data.Read<float, float>(label, score))
            evaluation.Add(row, wanted, given);
        if (hasBounds)
            evaluation.AddBounds(data.View.GetColumn<float>(label.Name), data.View.GetColumn<float>(ScoredData.LowerColumn),
                data.View.GetColumn<float>(ScoredData.UpperColumn));
        return evaluation;
    }

    public override void Write(Html html)
    {
        html.Figures(
        [
            RegressionCharts.ScoresAndLabels("Scores and labels", _sample.Items), RegressionCharts.Residuals(_sample.Items),
            RegressionCharts.ResidualHistogram(_residuals),
            .. _interval is not { } interval || _covered.Count == 0 ? [] : (Figure[])
                [RegressionCharts.Coverage(_covered, interval.Coverage), RegressionCharts.Bounds(_bounds.Items)],
        ]);
        if (_interval is { } given)
            html.Remark($"Intervals reach {Number.Text(given.HalfWidth)} to both sides of the score.");
    }

    private void Add(long row, float label, float score)
    {
        if (!float.IsFinite(label) || !float.IsFinite(score))
        {
            LeftOut++;
            return;
        }
        Rows++;
        _sample.Add(() => (label, score));
        double residual = (double)label - score;
        _residuals.Add(residual);
        Tracker.Add(Math.Abs(residual), row, () => [row, label, score, residual]);
    }

    private void AddBounds(IEnumerable<float> labels, IEnumerable<float> lower, IEnumerable<float> upper)
    {
        foreach ((float label, float low, float high) in labels.Zip(lower, upper))
        {
            if (!float.IsFinite(label) || !float.IsFinite(low) || !float.IsFinite(high))
                continue;
            _covered.Add(((low + (double)high) / 2, low <= label && label <= high));
            _bounds.Add(() => (label, low, high));
        }
    }
}
