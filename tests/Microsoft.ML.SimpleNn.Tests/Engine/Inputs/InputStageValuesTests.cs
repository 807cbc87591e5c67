namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Values that would ruin a plain standardisation.</summary>
[TestClass]
public sealed class InputStageValuesTests
{
    [TestMethod]
    [DataRow(1e6f)]
    [DataRow(-1e6f)]
    [DataRow(1e30f)]
    public void One_outlier_moves_the_inputs_of_the_other_rows_by_less_than_a_tenth(float outlier)
    {
        float[] usual = [.. Enumerable.Range(0, 900).Select(i => (float)(100 + 7 * Math.Sin(i) * Math.Sqrt(i % 30)))];
        float[] spoiled = [.. usual];
        spoiled[450] = outlier;
        InputStage without = OfNumber(usual), with = OfNumber(spoiled);
        foreach (float x in usual)
        {
            float expected = Input(without, x);
            Assert.AreEqual(expected, Input(with, x), 0.1 * Math.Max(0.2, Math.Abs(expected)), $"{x}");
        }
    }

    [TestMethod]
    public void Values_far_outside_stay_below_the_bound_and_in_their_order()
    {
        InputStage stage = OfNumber([.. Enumerable.Range(-50, 101).Select(i => (float)i)]); // deviation 29.15
        float before = 0;
        foreach (float x in new[] { 10, 100, 200, 1000, 1e4f })
        {
            float input = Input(stage, x);
            Assert.IsGreaterThan(before, input, $"{x}");
            Assert.AreEqual(-input, Input(stage, -x), 1e-6f);
            before = input;
        }

        foreach (float x in new[] { 1e6f, 1e10f, 1e18f, 1e20f, 1e30f, float.MaxValue }) Assert.AreEqual(8, Input(stage, x), 1e-3, $"{x}");
    }

    /// <summary>Far beyond where the square of the input would overflow, as values are that stand for a gap in a raster.</summary>
    [TestMethod]
    public void The_largest_numbers_there_are_stay_at_the_bound_of_a_narrow_column()
    {
        InputStage stage = OfNumber([.. Enumerable.Range(-50, 101).Select(i => 1e-9f * i)]);

        Assert.AreEqual(8, Input(stage, float.MaxValue), 1e-3);
        Assert.AreEqual(-8, Input(stage, float.MinValue), 1e-3);
    }

    /// <summary>In single precision neighbours are then 2 apart, and weights times features would round what tells them apart.</summary>
    [TestMethod]
    public void A_mean_of_millions_of_deviations_leaves_values_apart()
    {
        float[] values = [16777215, 16777216, 16777218, 16777220, 16777222];
        InputStage stage = OfNumber(values);
        double mean = values.Average(x => (double)x), deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
        for (int i = 1; i < values.Length; i++)
        {
            // The centre is rounded to whole numbers too, which shifts all alike.
            double step = Unbounded(Input(stage, values[i])) - Unbounded(Input(stage, values[i - 1]));
            Assert.AreEqual((values[i] - values[i - 1]) / deviation, step, 1e-5, $"{values[i]}");
            Assert.AreEqual((values[i] - mean) / deviation, Unbounded(Input(stage, values[i])), 1 / deviation, $"{values[i]}");
        }
    }

    [TestMethod]
    [DataRow(1e-38f)]
    [DataRow(1e-20f)]
    [DataRow(1e20f)]
    [DataRow(0.5e38f)]
    public void Tiny_and_huge_spreads_give_inputs_of_ordinary_size(float spread)
    {
        float[] values = [.. Enumerable.Range(-3, 7).Select(i => i * spread), 2.5f * spread];
        InputStage stage = OfNumber(values);
        double mean = values.Average(x => (double)x), deviation = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)));
        foreach (float x in values) Assert.AreEqual((x - mean) / deviation, Unbounded(Input(stage, x)), 1e-4, $"{x}");
    }

    [TestMethod]
    public void Constants_of_any_size_give_zero()
    {
        foreach (float value in new[] { 0, -1, 1e-40f, float.MaxValue, float.MinValue })
        {
            var stage = InputStageRules.Measure(new DenseExamples([value, value, value], 1, new float[3]));
            Assert.AreEqual(ColumnKind.Constant, stage.Kinds[0]);
            foreach (float x in new[] { value, 0, 1, float.MaxValue, float.MinValue }) Assert.AreEqual(0, Input(stage, x), $"{value}, {x}");
        }
    }

    private static InputStage OfNumber(float[] values)
    {
        var stage = InputStageRules.Measure(new DenseExamples(values, 1, new float[values.Length]));
        Assert.AreEqual(ColumnKind.Number, stage.Kinds[0]);
        return stage;
    }

    private static float Input(InputStage stage, float x)
    {
        var inputs = new float[stage.Width];
        stage.Apply([x], inputs);
        return inputs[0];
    }

    private static double Unbounded(double input) => input / Math.Sqrt(1 - input * input / 64);
}
