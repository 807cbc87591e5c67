using Microsoft.ML.SimpleNn.Reporting;

namespace Microsoft.ML.SimpleNn.Tests.Reporting;

/// <summary>What the charts show, against calculations by hand.</summary>
[TestClass]
public sealed class MeasureTests
{
    /// <summary>Of the six pairs of a yes and a no, the yes has the higher score in four, and the same in one: (4 + 1/2) / 6.</summary>
    [TestMethod]
    public void Equal_scores_are_one_step_of_the_curves_and_count_half()
    {
        ThresholdCurves curves = ThresholdCurves.Of([(0.9f, true), (0.5f, true), (0.5f, false), (0.7f, false), (0.8f, true)])!;

        Assert.AreEqual(4.5 / 6, curves.Area, 1e-12);
        CollectionAssert.AreEqual(new[] { (0.0, 0.0), (0, 1 / 3.0), (0, 2 / 3.0), (0.5, 2 / 3.0), (1, 1) }, curves.Roc);
        CollectionAssert.AreEqual(new[] { (1 / 3.0, 1.0), (2 / 3.0, 1), (2 / 3.0, 2 / 3.0), (1, 3 / 5.0) }, curves.PrecisionRecall);
    }

    [TestMethod]
    public void Rows_of_one_kind_have_no_curves() => Assert.IsNull(ThresholdCurves.Of([(0.9f, true), (0.5f, true)]));

    [TestMethod]
    public void Curves_of_many_rows_have_few_points_and_end_at_one()
    {
        var random = new Random(1);
        ThresholdCurves curves = ThresholdCurves.Of(Enumerable.Range(0, 20_000).Select(i => (random.NextSingle() + (i % 2 * 0.3f), i % 2 == 1)))!;

        Assert.IsInRange(100, 600, curves.Roc.Length);
        Assert.AreEqual((1.0, 1.0), curves.Roc[^1]);
        Assert.AreEqual(0.5 + 0.3 - 0.045, curves.Area, 0.01); // P(u + 0.3 > v) = 1 - 0.7² / 2
    }

    /// <summary>Bin 0.2 to 0.3: two rows of mean 0.25, one true, off by 0.25. Bin 0.9 to 1: one row of 1, true, off by 0.</summary>
    [TestMethod]
    public void The_calibration_error_is_that_of_the_bins_by_their_rows()
    {
        var reliability = new Reliability();
        reliability.Add(0.22, true);
        reliability.Add(0.28, false);
        reliability.Add(1, true);

        Assert.AreEqual(0.25 * 2 / 3, reliability.ExpectedError, 1e-12);
        Assert.AreEqual((0.25, 0.5, 2.0), reliability.Bins.First());
    }

    [TestMethod]
    public void A_histogram_counts_both_ends_and_leaves_out_what_is_not_finite()
    {
        Histogram histogram = Histogram.Of([0, 1, 2, 4, double.NaN, double.PositiveInfinity]);

        Assert.AreEqual(4, histogram.Total);
        Assert.AreEqual(1, histogram.Counts[0]);
        Assert.AreEqual(1, histogram.Counts[10]);
        Assert.AreEqual(1, histogram.Counts[^1]);
        Assert.AreEqual(1, Histogram.Of([3, 3, 3]).Counts.Count(count => count == 3));
        Assert.AreEqual(0, Histogram.Of([]).Total);
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(10)]
    [DataRow(11)]
    [DataRow(1000)]
    public void A_sample_is_spread_evenly(int count)
    {
        var sample = new EvenSample<int>(10);
        foreach (int i in Enumerable.Range(0, count))
            sample.Add(() => i);

        int step = sample.Items.Count < 2 ? 1 : sample.Items[1];
        Assert.IsInRange(Math.Min(count, 5), 10, sample.Items.Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, sample.Items.Count).Select(i => i * step).ToArray(), sample.Items.ToArray());
        Assert.IsGreaterThan(count - 1 - step, sample.Items[^1]);
    }

    [TestMethod]
    public void The_worst_rows_are_kept_in_order_and_the_first_of_equal_ones()
    {
        var worst = new WorstRows();
        for (long row = 1; row <= 30; row++)
            worst.Add(row % 3, row, () => []);

        CollectionAssert.AreEqual(new long[] { 2, 5, 8, 11, 14, 17, 20, 23, 26, 29 }, worst.Rows.Select(row => row.Row).ToArray());
    }

    [TestMethod]
    public void Confusions_are_counted()
    {
        var confusion = new ConfusionCounts(3);
        foreach ((int label, int predicted) in new[] { (0, 0), (0, 1), (0, 1), (1, 1), (2, 0) })
            confusion.Add(label, predicted);

        Assert.AreEqual(1 / 3.0, confusion.Recall(0), 1e-12);
        Assert.AreEqual(1 / 3.0, confusion.Precision(1), 1e-12);
        Assert.IsTrue(double.IsNaN(confusion.Precision(2)));
        CollectionAssert.AreEqual(new[] { (0, 1, 2L), (2, 0, 1L) }, confusion.Confusions.ToArray());
    }

    [TestMethod]
    [DataRow(1234567, "1,234,567")]
    [DataRow(0.00012346, "0.0001235")]
    [DataRow(-0.5, "-0.5")]
    [DataRow(double.NaN, "–")]
    [DataRow(1e20, "1E+20")]
    public void Numbers_are_short_in_every_culture(double number, string expected) => Assert.AreEqual(expected, Number.Text(number));
}
