namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Centre and deviation of values of which those far outside are held, by hand.</summary>
[TestClass]
public sealed class RobustScaleTests
{
    [TestMethod]
    public void Values_without_any_outside_have_their_mean_and_deviation()
    {
        RobustScale scale = RobustScale.Of([1, 2, 3, 4, 10], [1, 1, 1, 1, 1]);

        Assert.AreEqual(4, scale.Centre, 1e-12);
        Assert.AreEqual(Math.Sqrt((9 + 4 + 1 + 0 + 36) / 5.0), scale.Deviation, 1e-12);
    }

    [TestMethod]
    public void What_lies_farther_out_than_one_and_a_half_times_the_middle_is_held_there()
    {
        // Of 100 rows the fifth is 3 and the 95th 93: the outermost are held 1.5 times 90 beyond, at -132 and 228.
        float[] values = [-1e6f, .. Enumerable.Range(1, 98).Select(i => (float)(i - 1)), 1e6f];
        double[] held = [3 - 135, .. Enumerable.Range(1, 98).Select(i => i - 1.0), 93 + 135];
        RobustScale scale = RobustScale.Of(values, [.. values.Select(_ => 1f)]);
        double mean = held.Average();

        Assert.AreEqual(mean, scale.Centre, 1e-9);
        Assert.AreEqual(Math.Sqrt(held.Average(x => (x - mean) * (x - mean))), scale.Deviation, 1e-9);
    }

    [TestMethod]
    public void Where_nine_in_ten_rows_are_alike_the_middle_is_that_of_98_in_100()
    {
        // 5 % and 95 % are both 0; 1 % is 0 and 99 % is 2: beyond 2 + 3 values are held.
        float[] values = [.. Enumerable.Repeat(0f, 96), 2, 2, 2, 1000];
        double mean = (3 * 2 + 5) / 100.0, square = (3 * 4 + 25) / 100.0;
        RobustScale scale = RobustScale.Of(values, [.. values.Select(_ => 1f)]);

        Assert.AreEqual(mean, scale.Centre, 1e-12);
        Assert.AreEqual(Math.Sqrt(square - mean * mean), scale.Deviation, 1e-12);
    }

    [TestMethod]
    public void Where_nearly_all_rows_are_alike_nothing_is_held()
    {
        float[] values = [.. Enumerable.Repeat(0f, 199), 1000];
        RobustScale scale = RobustScale.Of(values, [.. values.Select(_ => 1f)]);

        Assert.AreEqual(5, scale.Centre, 1e-12);
        Assert.AreEqual(Math.Sqrt(5000 - 25), scale.Deviation, 1e-9);
    }

    [TestMethod]
    public void A_row_of_weight_two_counts_as_two()
    {
        float[] values = [1, 5, 6, 30], weights = [2, 1, 3, 1];
        RobustScale weighted = RobustScale.Of(values, weights), repeated = RobustScale.Of([1, 1, 5, 6, 6, 6, 30], [1, 1, 1, 1, 1, 1, 1]);

        Assert.AreEqual(repeated.Centre, weighted.Centre, 1e-12);
        Assert.AreEqual(repeated.Deviation, weighted.Deviation, 1e-12);
        Assert.AreEqual(55 / 7.0, weighted.Centre, 1e-12);
    }

    [TestMethod]
    public void No_values_or_equal_ones_are_a_constant()
    {
        Assert.AreEqual((0, 0), (RobustScale.Of([], []).Centre, RobustScale.Of([], []).Deviation));
        InputColumn constant = RobustScale.Of([7, 7], [1, 2]).ToColumn(7, 8);
        Assert.AreEqual((ColumnKind.Constant, 7f, 0f), (constant.Kind, constant.Centre, constant.Factor));
    }

    [TestMethod]
    public void Values_that_differ_are_a_number_with_the_bound()
    {
        InputColumn number = RobustScale.Of([1, 5], [1, 1]).ToColumn(5, 8);

        Assert.AreEqual(new InputColumn(ColumnKind.Number, 1, 3, 0.5f, 0.125f, false), number);
        Assert.AreEqual(0f, RobustScale.Of([1, 5], [1, 1]).ToColumn(5, null).InverseBound);
    }
}
