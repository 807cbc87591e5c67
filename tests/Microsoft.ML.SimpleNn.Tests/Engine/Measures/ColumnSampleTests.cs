namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The rows by whose values features are judged: how many, which, and what their weights say.</summary>
[TestClass]
public sealed class ColumnSampleTests
{
    /// <summary>Weights of 1 and 3 are those of two rows on average, if the smallest is one row; the unit of the weights says nothing.</summary>
    [TestMethod]
    [DataRow(1f)]
    [DataRow(2f)]
    public void Rows_are_counted_as_often_as_their_weight_is_larger_than_the_smallest(float unit)
    {
        float[] x = [.. Enumerable.Range(0, 10)], weights = [.. x.Select(value => unit * (value % 2 == 0 ? 1 : 3))];

        Assert.AreEqual(20, ColumnSample.Of(new DenseExamples(x, 1, x, weights), features: 1).RowsIfRepeated(10), 1e-9);
    }

    /// <summary>A million values of 600 features are 1,747 rows, but 2,000 are the fewest: of 4,000 each second, from the first on.</summary>
    [TestMethod]
    public void Of_many_features_fewer_rows_are_looked_at()
    {
        const int Features = 600, Rows = 4000;
        float[] x = new float[Rows * Features], one = new float[Rows];
        for (int row = 0; row < Rows; row++) x[row * Features] = one[row] = row % 2 == 0 ? row / 2 % 2 : 5;

        Assert.IsTrue(ColumnSample.Of(new DenseExamples(x, Features, new float[Rows]), Features).HasOnly(0, 0, 1));
        Assert.IsFalse(ColumnSample.Of(new DenseExamples(one, 1, new float[Rows]), features: 1).HasOnly(0, 0, 1));
    }

    /// <summary>A power of two changes no digit, whatever the size: pieces and steps are the same in the unit of the column.</summary>
    [TestMethod]
    public void Pieces_of_huge_numbers_are_those_of_small_ones()
    {
        float[] x = [.. Enumerable.Range(0, 300).Select(i => i + i * i / 40f)], huge = [.. x.Select(value => MathF.ScaleB(value, 100))], classes = [.. x.Select((_, i) => i < 77 ? 0f : 1)];
        InputStage stage = InputStageRules.Measure(new DenseExamples(x, 1, classes), classes: 2), ofHuge = InputStageRules.Measure(new DenseExamples(huge, 1, classes), classes: 2);
        float[] inputs = new float[stage.Width], inputsOfHuge = new float[ofHuge.Width];

        foreach (int row in new[] { 0, 76, 77, 150, 299 })
        {
            stage.Apply(x.AsSpan(row, 1), inputs);
            ofHuge.Apply(huge.AsSpan(row, 1), inputsOfHuge);
            for (int i = 0; i < inputs.Length; i++) Assert.AreEqual(inputs[i], inputsOfHuge[i], 1e-5f * (1 + Math.Abs(inputs[i])), $"row {row}, input {i}");
        }
    }
}
