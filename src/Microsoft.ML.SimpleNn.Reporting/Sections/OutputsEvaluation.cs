using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well several numbers are predicted at once.</summary>
internal sealed class OutputsEvaluation : Evaluation
{
    private const int MostPoints = 500, MostCharts = 6;
    private readonly MultiOutputRegressionMetrics _metrics;
    private readonly EvenSample<(float[] Labels, float[] Scores)> _sample = new(MostPoints);

    private OutputsEvaluation(MultiOutputRegressionMetrics metrics)
    {
        _metrics = metrics;
    }

    public override IReadOnlyList<(string Name, string Value)> Tiles =>
    [
        ("mean R²", Number.Text(_metrics.RSquared)), ("mean of the root mean squared errors", Number.Text(_metrics.RootMeanSquaredError)),
        ("mean of the mean absolute errors", Number.Text(_metrics.MeanAbsoluteError)),
    ];

    public override (string Caption, string[] Heads) WorstTable =>
        ("The rows with the largest error of one number, in units of its root mean squared error.", ["row", "number", "label", "score"]);

    /// <summary>Reads the rows.</summary>
    public static OutputsEvaluation Read(ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score;
        var evaluation = new OutputsEvaluation(new MLContext(seed: 0).Regression.EvaluateOutputs(data.View, label.Name, score.Name));
        foreach ((long row, float[] labels, float[] scores) in data.ReadVectors<float>(value => value))
            evaluation.Add(row, labels, scores);
        return evaluation;
    }

    public override void Write(Html html)
    {
        html.Table(new Table("Each number by itself, over the rows where its label is known.",
            ["number", "rows", "R²", "root mean squared error", "mean absolute error"],
            [.. _metrics.Outputs.Select((one, slot) => (Cell[])[NameOf(slot), one.Count, one.RSquared, one.RootMeanSquaredError, one.MeanAbsoluteError])]));
        int[] shown = [.. Enumerable.Range(0, _metrics.Outputs.Count).OrderBy(slot => _metrics.Outputs[slot].RSquared).Take(MostCharts)];
        if (shown.Length < _metrics.Outputs.Count)
            html.Remark($"The {shown.Length} numbers with the lowest R², of {_metrics.Outputs.Count}.");
        html.Figures(shown.Select(slot =>
            RegressionCharts.ScoresAndLabels(NameOf(slot), _sample.Items.Select(row => ((double)row.Labels[slot], (double)row.Scores[slot])))));
    }

    private string NameOf(int slot) => _metrics.Outputs[slot].Name is { Length: > 0 } name ? name : $"number {Number.Text(slot)}";

    private void Add(long row, float[] labels, float[] scores)
    {
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(slot => float.IsFinite(labels[slot]) && float.IsFinite(scores[slot]))];
        if (known.Length == 0)
        {
            LeftOut++;
            return;
        }
        Rows++;
        _sample.Add(() => (labels, scores));
        int worst = known.MaxBy(Error);
        Tracker.Add(Error(worst), row, () => [row, NameOf(worst), labels[worst], scores[worst]], worst);

        double Error(int slot) => Math.Abs((double)labels[slot] - scores[slot]) / Math.Max(_metrics.Outputs[slot].RootMeanSquaredError, double.Epsilon);
    }
}
