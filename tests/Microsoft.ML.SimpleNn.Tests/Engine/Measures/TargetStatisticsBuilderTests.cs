namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Weighted mean and deviation of targets, by hand.</summary>
[TestClass]
public sealed class TargetStatisticsBuilderTests
{
    [TestMethod]
    public void Weights_count_as_repetitions()
    {
        // 2 once and 6 three times: mean 5, variance (9 + 3 * 1) / 4 = 3.
        var builder = new TargetStatisticsBuilder(1);
        builder.Add([2], 1);
        builder.Add([6], 3);
        TargetStatistics targets = builder.Build();

        Assert.AreEqual(5, targets.Mean[0], 1e-12);
        Assert.AreEqual(Math.Sqrt(3), targets.Deviation[0], 1e-12);
    }

    [TestMethod]
    public void A_target_that_is_missing_is_left_out_and_one_that_was_never_known_has_no_mean()
    {
        var builder = new TargetStatisticsBuilder(3);
        builder.Add([float.NaN, float.NaN, 1], 1);
        builder.Add([4, float.NaN, 1], 2);
        builder.Add([8, float.NaN, 1], 2);
        TargetStatistics targets = builder.Build();

        CollectionAssert.AreEqual(new[] { 6, double.NaN, 1 }, targets.Mean);
        CollectionAssert.AreEqual(new[] { 2.0, 0, 0 }, targets.Deviation);
    }

    /// <summary>The squares of dates in seconds would leave nothing of a deviation of one second in double precision.</summary>
    [TestMethod]
    public void A_large_mean_costs_no_digits_of_the_deviation()
    {
        const float Large = 1.5e17f, Step = 17179869184; // 2^34, by which neighbours of single precision differ there
        var builder = new TargetStatisticsBuilder(1);
        builder.Add([Large], 1);
        builder.Add([Large + Step], 1);

        Assert.AreEqual(Step / 2, builder.Build().Deviation[0], 1);
    }
}
