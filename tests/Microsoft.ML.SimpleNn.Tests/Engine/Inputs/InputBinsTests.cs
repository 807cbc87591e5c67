namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Where pieces begin and end, and the mean and deviation of each, by hand.</summary>
[TestClass]
public sealed class InputBinsTests
{
    private static readonly float[] Ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [TestMethod]
    public void Five_pieces_of_ten_values_end_with_each_second()
    {
        InputBins bins = Measure(Ten, most: 5)!;

        Assert.AreEqual(5, bins.Count);
        CollectionAssert.AreEqual(new float[] { 0, 1, 3, 5, 7 }, bins.Lower);
        CollectionAssert.AreEqual(new float[] { 1, 0.5f, 0.5f, 0.5f, 0.5f }, bins.Slope);

        // The first piece is 0 and then nine times 1; the middle one four times 0, 1/2, five times 1; the last eight times 0, 1/2 and 1.
        AssertMoments(bins, 0, mean: 0.9, variance: 0.09);
        AssertMoments(bins, 2, mean: 0.55, variance: 0.525 - 0.55 * 0.55);
        AssertMoments(bins, 4, mean: 0.15, variance: 0.125 - 0.15 * 0.15);
    }

    [TestMethod]
    public void Pieces_are_even_in_weight_and_moments_are_weighted()
    {
        InputBins bins = Measure([0, 1, 2, 3], most: 2, weights: [1, 4, 1, 2])!;

        // Half of the weight of 8 is reached at 1. The first piece is 0 once and 1 seven times, the second 0 five times, 1/2 once, 1 twice.
        CollectionAssert.AreEqual(new float[] { 0, 1 }, bins.Lower);
        CollectionAssert.AreEqual(new float[] { 1, 0.5f }, bins.Slope);
        AssertMoments(bins, 0, mean: 7 / 8.0, variance: 7 / 64.0);
        AssertMoments(bins, 1, mean: 2.5 / 8, variance: 2.25 / 8 - 2.5 * 2.5 / 64);
    }

    [TestMethod]
    public void A_row_with_the_weight_of_many_ends_as_many_pieces_as_one() =>
        CollectionAssert.AreEqual(new float[] { 0, 1, 2 }, Measure([0, 1, 2, 3, 4], most: 7, weights: [1, 10, 1, 1, 1])!.Lower);

    [TestMethod]
    public void Equal_values_are_one_edge()
    {
        InputBins bins = Measure([0, 0, 0, 1, 2, 2], most: 6)!;

        CollectionAssert.AreEqual(new float[] { 0, 1 }, bins.Lower);
        CollectionAssert.AreEqual(new float[] { 1, 1 }, bins.Slope);
    }

    [TestMethod]
    public void One_piece_between_quantiles_says_no_more_than_the_number_and_two_do()
    {
        Assert.IsNull(Measure([0, 0, 1, 1], most: 4));
        Assert.IsNull(Measure(Ten, most: 1));
        Assert.AreEqual(2, Measure(Ten, most: 2)!.Count);
    }

    [TestMethod]
    public void Steps_come_after_the_quantiles_or_alone()
    {
        InputBins both = Measure(Ten, most: 2, steps: [(3, 4)])!, alone = Measure(Ten, most: 0, steps: [(3, 4)])!;

        CollectionAssert.AreEqual(new float[] { 0, 4, 3 }, both.Lower);
        CollectionAssert.AreEqual(new float[] { 3 }, alone.Lower);
        CollectionAssert.AreEqual(new float[] { 1 }, alone.Slope);
        AssertMoments(alone, 0, mean: 0.6, variance: 0.24);
        Assert.IsNull(Measure(Ten, most: 0));
    }

    [TestMethod]
    public void Pieces_too_short_for_a_slope_or_without_change_are_none()
    {
        Assert.IsNull(Measure(Ten, most: 2, steps: [(3, 3 + 0f)]), "no length");
        Assert.IsNull(Measure([0, float.Epsilon, 1], most: 0, steps: [(0, float.Epsilon)]), "the slope is not finite");
        Assert.IsNull(Measure(Ten, most: 2, steps: [(20, 21)]), "all rows are below");
        Assert.IsNull(Measure(Ten, most: 2, steps: [(-3, -2)]), "all rows are above");
    }

    private static InputBins? Measure(float[] values, int most, float[]? weights = null, (float Below, float Above)[]? steps = null) =>
        InputBins.Measure(values, weights ?? [.. values.Select(_ => 1f)], most, steps ?? []);

    private static void AssertMoments(InputBins bins, int piece, double mean, double variance)
    {
        Assert.AreEqual(mean, bins.Mean[piece], 1e-6);
        Assert.AreEqual(1 / Math.Sqrt(variance), bins.Scale[piece], 1e-5);
    }
}
