using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well quantiles of a number are predicted.</summary>
internal sealed class QuantileEvaluation : Evaluation
{
    private const int MostPoints = 800;
    private readonly QuantileRegressionMetrics _metrics;
    private readonly EvenSample<(double Label, double Low, double High)> _bounds = new(MostPoints);
    private readonly List<(double Middle, bool IsCovered)> _covered = [];
    private readonly int _lowest, _highest;

    private QuantileEvaluation(QuantileRegressionMetrics metrics)
    {
        _metrics = metrics;
        float[] probabilities = [.. metrics.Quantiles.Select(quantile => quantile.Probability)];
        (_lowest, _highest) = (Array.IndexOf(probabilities, probabilities.Min()), Array.IndexOf(probabilities, probabilities.Max()));
    }

    public override IReadOnlyList<(string Name, string Value)> Tiles =>
    [
        ("pinball loss", Number.Text(_metrics.PinballLoss)), ("labels within the interval", Number.Percent(_metrics.IntervalCoverage)),
        ("asked for", Number.Percent(Wanted)), ("mean width of the interval", Number.Text(_metrics.IntervalWidth)),
    ];

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows whose label is furthest outside of its interval.", ["row", "label", "lowest quantile", "highest quantile"]);

    private double Wanted => (double)_metrics.Quantiles[_highest].Probability - _metrics.Quantiles[_lowest].Probability;

    /// <summary>Reads the rows.</summary>
    public static QuantileEvaluation Read(ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score;
        var evaluation = new QuantileEvaluation(new MLContext(seed: 0).Regression.EvaluateQuantiles(data.View, label.Name, score.Name));
        foreach ((long row, float wanted, VBuffer<float> scores) in data.Read<float, VBuffer<float>>(label, score))
            evaluation.Add(row, wanted, scores.GetItemOrDefault(evaluation._lowest), scores.GetItemOrDefault(evaluation._highest));
        return evaluation;
    }

    public override void Write(Html html)
    {
        html.Table(new Table("Each quantile: the part of the labels at or below it should be its probability.",
            ["probability", "labels at or below", "pinball loss"],
            [.. _metrics.Quantiles.Select(quantile => (Cell[])[quantile.Probability, quantile.Coverage, quantile.PinballLoss])]));
        html.Figures(
        [
            new Chart("Quantiles", "probability", "part of labels at or below").OfFractions().Diagonal()
                .Curve("observed", _metrics.Quantiles.OrderBy(quantile => quantile.Probability)
                    .Select(quantile => ((double)quantile.Probability, quantile.Coverage)), withMarks: true)
                .Draw("On the dashed line quantiles are what they say."),
            .. _lowest == _highest ? [] : (Figure[])[RegressionCharts.Coverage(_covered, Wanted), RegressionCharts.Bounds(_bounds.Items)],
        ]);
    }

    private void Add(long row, float label, float low, float high)
    {
        if (!float.IsFinite(label) || !float.IsFinite(low) || !float.IsFinite(high))
        {
            LeftOut++;
            return;
        }
        Rows++;
        _bounds.Add(() => (label, low, high));
        double outside = Math.Max(low - (double)label, label - (double)high);
        _covered.Add(((low + (double)high) / 2, outside <= 0));
        if (outside > 0)
            Tracker.Add(outside, row, () => [row, label, low, high], label < low ? _lowest : _highest);
    }
}
