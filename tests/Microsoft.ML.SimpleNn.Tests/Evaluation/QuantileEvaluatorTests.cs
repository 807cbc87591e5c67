using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Evaluation;

/// <summary>The evaluator of quantiles against numbers worked out by hand.</summary>
[TestClass]
public sealed class QuantileEvaluatorTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>
    /// Labels 10, 4, 7 and one missing, weights 1, 2, 1. Of p = 0.9 the scores are 12, 6, 6: losses 0.1 * 2, 0.1 * 2, 0.9 * 1, so (0.2 + 2 * 0.2 + 0.9) / 4.
    /// Of p = 0.25 they are 8, 4, 8: losses 0.25 * 2, 0, 0.75 * 1, so (0.5 + 0 + 0.75) / 4. Within the interval are the first two; its widths are 4, 2, -2.
    /// </summary>
    [TestMethod]
    public void Pinball_loss_coverage_and_interval_by_hand()
    {
        IDataView scored = Scored(("0.9", "0.25"), new(10, 12, 8, 1), new(4, 6, 4, 2), new(7, 6, 8, 1), new(float.NaN, 1, 1, 1), new(100, float.NaN, 0, 0));
        QuantileRegressionMetrics metrics = _ml.Regression.EvaluateQuantiles(scored, exampleWeightColumnName: "Weight");

        CollectionAssert.AreEqual(new[] { 0.9f, 0.25f }, metrics.Quantiles.Select(quantile => quantile.Probability).ToArray());
        Assert.AreEqual(1.5 / 4, metrics.Quantiles[0].PinballLoss, 1e-6);
        Assert.AreEqual(1.25 / 4, metrics.Quantiles[1].PinballLoss, 1e-12);
        Assert.AreEqual(2.75 / 8, metrics.PinballLoss, 1e-6);
        Assert.AreEqual(3.0 / 4, metrics.Quantiles[0].Coverage, 1e-12); // 10 <= 12, 4 <= 6 twice
        Assert.AreEqual(3.0 / 4, metrics.Quantiles[1].Coverage, 1e-12); // 4 <= 4 twice, 7 <= 8
        Assert.AreEqual(3.0 / 4, metrics.IntervalCoverage, 1e-12);
        Assert.AreEqual((4 + 2 * 2 - 2) / 4.0, metrics.IntervalWidth, 1e-12);
    }

    [TestMethod]
    public void Without_weights_rows_count_alike()
    {
        QuantileRegressionMetrics metrics = _ml.Regression.EvaluateQuantiles(Scored(("0.1", "0.5"), new(1, 0, 2, 9), new(3, 4, 3, 0)));

        // p = 0.1: 0.1 * 1 and 0.9 * 1; p = 0.5: 0.5 * 1 and 0.
        Assert.AreEqual(0.5, metrics.Quantiles[0].PinballLoss, 1e-6);
        Assert.AreEqual(0.25, metrics.Quantiles[1].PinballLoss, 1e-12);
        Assert.AreEqual((0.5, 1.0, 0.5), (metrics.Quantiles[0].Coverage, metrics.Quantiles[1].Coverage, metrics.IntervalCoverage));
    }

    [TestMethod]
    public void A_models_own_score_can_be_judged()
    {
        IDataView scored = RegressionTask.Train(_ml, "quantiles").Transform(RegressionTask.View(_ml, Measurement.Rows(seed: 2)));
        QuantileRegressionMetrics metrics = _ml.Regression.EvaluateQuantiles(scored, "Height");
        double coverage = scored.GetColumn<float>("Height").Zip(RegressionTask.Scores(scored)).Average(row => row.First <= row.Second[1] ? 1.0 : 0.0);

        CollectionAssert.AreEqual(new[] { 0.05f, 0.5f, 0.95f }, metrics.Quantiles.Select(quantile => quantile.Probability).ToArray());
        Assert.AreEqual(coverage, metrics.Quantiles[1].Coverage, 1e-12);
    }

    [TestMethod]
    public void Columns_that_are_no_quantiles_are_refused()
    {
        IDataView scored = Scored(("0.1", "1"), new Row(1, 0, 2, 1));
        AssertRefused("Score column 'Score' has the slot name '1', which is no probability above 0 and below 1", () => _ml.Regression.EvaluateQuantiles(scored));
        AssertRefused("Score column '0.1' is Single, but quantiles are a vector of Single of known size", () => _ml.Regression.EvaluateQuantiles(scored, scoreColumnName: "0.1"));
        AssertRefused("Label column 'Score' is Vector<Single, 2>, but quantiles are those of one number", () => _ml.Regression.EvaluateQuantiles(scored, "Score"));
        AssertRefused("Slot 0 of label column 'Label' is missing in all rows", () => _ml.Regression.EvaluateQuantiles(Scored(("0.1", "0.9"), new Row(float.NaN, 0, 2, 1))));
    }

    private static void AssertRefused(string message, Action action) => Assert.Contains(message, Assert.ThrowsExactly<ArgumentException>(action).Message);

    /// <summary>Rows with a Score of two slots that have the given names.</summary>
    private IDataView Scored((string First, string Second) names, params Row[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows.Select(row => new Line { Label = row.Label, First = row.First, Second = row.Second, Weight = row.Weight }));
        return _ml.Transforms.CopyColumns(names.First, "First").Append(_ml.Transforms.CopyColumns(names.Second, "Second"))
            .Append(_ml.Transforms.Concatenate("Score", names.First, names.Second)).Fit(data).Transform(data);
    }

    private sealed record Row(float Label, float First, float Second, float Weight);

    private sealed class Line
    {
        public float Label { get; set; }

        public float First { get; set; }

        public float Second { get; set; }

        public float Weight { get; set; }
    }
}
