namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The unit, centre and factor of a column, and which features the hints name.</summary>
[TestClass]
public sealed class InputColumnTests
{
    [TestMethod]
    public void An_ordinary_column_is_left_in_its_unit()
    {
        Assert.AreEqual(new InputColumn(ColumnKind.Number, 1, 3, 0.25f, 0.125f, true), InputColumn.Of(ColumnKind.Number, 3, 4, 10, 8, hasMark: true));
        Assert.AreEqual(1f, InputColumn.Of(ColumnKind.Number, 0, 1e-18, 1e18, null, false).Unit);
        Assert.AreEqual(1f, InputColumn.Of(ColumnKind.Number, 0, 1e18, 1e18, null, false).Unit);
    }

    [TestMethod]
    [DataRow(0.75e-20, 1.0, DisplayName = "a tiny spread")]
    [DataRow(1.5e20, 1e21, DisplayName = "a huge one")]
    [DataRow(1e-18 / 2, 1.0, DisplayName = "just too small")]
    [DataRow(2e18, 2e18, DisplayName = "just too large")]
    [DataRow(3.0, 1e19, DisplayName = "a huge value among ordinary ones")]
    public void A_spread_out_of_the_ordinary_is_brought_to_between_one_and_two(double spread, double largest)
    {
        InputColumn column = InputColumn.Of(ColumnKind.Number, 5 * spread, spread, largest, null, hasMark: false);

        double inUnit = spread * column.Unit;
        Assert.IsTrue(inUnit is >= 1 and < 2, $"{inUnit}");
        Assert.AreEqual(Math.Log2(column.Unit), Math.Round(Math.Log2(column.Unit)), "a power of two rounds nothing");
        Assert.AreEqual(5 * inUnit, column.Centre, 1e-6 * 5 * inUnit);
        Assert.AreEqual(1 / inUnit, column.Factor, 1e-6 / inUnit);
        Assert.AreEqual(5, (5 * spread * column.Unit - column.Centre) * column.Factor + 5, 1e-5);
    }

    [TestMethod]
    public void A_constant_gives_zero_and_its_unit_keeps_differences_finite()
    {
        Assert.AreEqual(new InputColumn(ColumnKind.Constant, 1, 7, 0, 0, true), InputColumn.Constant(7, hasMark: true));
        Assert.AreEqual(new InputColumn(ColumnKind.Constant, 1, -1e18f, 0, 0, false), InputColumn.Constant(-1e18f, hasMark: false));
        Assert.AreEqual(new InputColumn(ColumnKind.Constant, 0.25f, float.MaxValue / 4, 0, 0, false), InputColumn.Constant(float.MaxValue, hasMark: false));
        Assert.AreEqual(new InputColumn(ColumnKind.Constant, 0.25f, float.MinValue / 4, 0, 0, false), InputColumn.Constant(float.MinValue, hasMark: false));
    }

    [TestMethod]
    public void The_inverse_gives_the_value_back()
    {
        // x -> (x unit - centre) factor.
        (double scale, double offset) = new InputColumn(ColumnKind.Number, 4, 6, 0.5f, 0, false).Inverse;
        Assert.AreEqual((0.5, 1.5), (scale, offset)); // (3 * 4 - 6) / 2 = 3, and 3 * 0.5 + 1.5 = 3
        Assert.AreEqual((0.0, 28.0), new InputColumn(ColumnKind.Constant, 0.25f, 7, 0, 0, false).Inverse);
    }

    [TestMethod]
    public void Hints_are_pairs_of_first_and_last()
    {
        AssertIndicators("0111010", [1, 3, 5, 5]);
        AssertIndicators("0000011", [5, 100]);
        AssertIndicators("1000000", [-2, 0]);
        AssertIndicators("0000000", [7, 9]);
        AssertIndicators("0000000", []);
        AssertIndicators("0000000", [2], "a first without a last");
        AssertIndicators("0000000", [3, 2]);
        Assert.IsFalse(ColumnHints.None.IsNormalized);
        Assert.IsTrue(ColumnHints.None.AcceptsMissing);
        Assert.IsEmpty(ColumnHints.None.IndicatorRanges);

        static void AssertIndicators(string expected, int[] ranges, string message = "") =>
            Assert.AreEqual(expected, string.Concat(new ColumnHints(ranges, IsNormalized: false).Indicators(7).Select(is1 => is1 ? '1' : '0')), message);
    }
}
