using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Which kind each feature of small data is taken for, and the inputs that it then gives, by hand.</summary>
[TestClass]
public sealed class InputStageRulesTests
{
    [TestMethod]
    public void What_cannot_be_measured_is_refused()
    {
        var rows = new DenseExamples([1, 2], 1, [0, 0]);

        Assert.ThrowsExactly<ArgumentNullException>(() => InputStageRules.Measure(null!));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => InputStageRules.Measure(rows, threads: 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => InputStageRules.Measure(rows, classes: -1));
    }

    [TestMethod]
    public void A_feature_that_is_missing_somewhere_has_a_mark()
    {
        InputStage stage = InputStageRules.Measure(new DenseExamples([1, 2, 3, 4, 5, float.NaN, 7, 8], 2, [0, 0, 0, 0]));

        Assert.AreEqual((1, 1), (stage.Marks, stage.Marked(0)));
    }

    /// <summary>A monotone number is seen by its pieces alone, which keep the order to the bit; where there are too few rows for pieces, without a bound.</summary>
    [TestMethod]
    [DataRow(10, false)]
    [DataRow(100, true)]
    public void A_monotone_number_has_no_bound(int rows, bool hasPieces)
    {
        float[] x = [.. Enumerable.Range(0, 2 * rows).Select(i => (float)(i * i))];
        InputStage stage = InputStageRules.Measure(new DenseExamples(x, 2, new float[rows]), ColumnHints.None with { Directions = [-1, 0] });

        Assert.AreEqual(hasPieces, stage[0].Bins != null);
        Assert.AreEqual((0f, hasPieces), (stage[0].InverseBound, stage[0].Factor == 0));
        Assert.IsGreaterThan(0f, stage[1].InverseBound);
        Assert.IsGreaterThan(0f, stage[1].Factor);
    }

    [TestMethod]
    public void A_table_has_constants_numbers_and_indicators()
    {
        float[] x =
        [
            7, 1, 2, 0,
            7, 2, 2, 0.5f,
            7, 3, 2, 1,
            7, 4, 10, 0,
            7, 5, 10, 0,
        ];
        var stage = InputStageRules.Measure(new DenseExamples(x, 4, new float[5]), new ColumnHints([3, 3], IsNormalized: false));

        CollectionAssert.AreEqual(new[] { ColumnKind.Constant, ColumnKind.Number, ColumnKind.Indicator, ColumnKind.Indicator }, stage.Kinds.ToArray());
        Assert.AreEqual((4, 4, 0), (stage.Features, stage.Width, stage.Marks));
        Assert.AreEqual(3, stage.InputsPerRow, "a constant is no input");
        for (int row = 0; row < 5; row++)
        {
            double z = (x[4 * row + 1] - 3) / Math.Sqrt(2);
            AssertInputs(stage, x[(4 * row)..(4 * row + 4)], [0, Bounded(z), (x[4 * row + 2] - 5.2) / 4, (x[4 * row + 3] - 0.3) / 0.5]);
        }

        AssertInputs(stage, [-1e30f, 3, 5.2f, 0.3f], [0, 0, 0, 0]);
    }

    [TestMethod]
    public void Ranges_of_hints_say_which_features_are_indicators()
    {
        float[] x = [.. Enumerable.Range(0, 30).Select(i => (float)(i * i % 13))];
        var stage = InputStageRules.Measure(new DenseExamples(x, 6, new float[5]), new ColumnHints([1, 2, 5, 9], IsNormalized: false));

        CollectionAssert.AreEqual(
            new[] { ColumnKind.Number, ColumnKind.Indicator, ColumnKind.Indicator, ColumnKind.Number, ColumnKind.Number, ColumnKind.Indicator }, stage.Kinds.ToArray());
    }

    [TestMethod]
    public void A_row_counts_with_its_weight()
    {
        // 0, 3 and 6 with weights 1, 2 and 1 are 0, 3, 3 and 6: mean 3, variance 4.5. And 0, 1, 1, 1 are 0.75 on average.
        var stage = InputStageRules.Measure(new DenseExamples([0, 1, 3, 1, 6, 0], 2, new float[3], weights: [1, 2, 1]));

        AssertInputs(stage, [6, 1], [Bounded(3 / Math.Sqrt(4.5)), (1 - 0.75) / 0.5]);
    }

    /// <summary>Feature i is (i + 1) k / features in row k: range and deviation grow with i, up to (features - 1) times those of the first.</summary>
    [TestMethod]
    [DataRow(16, 12, ColumnKind.SameRange)]
    [DataRow(16, 11, ColumnKind.Number)]
    [DataRow(15, 15, ColumnKind.Number)]
    [DataRow(100, 75, ColumnKind.SameRange)]
    public void Sixteen_features_of_which_three_in_four_have_one_range_share_a_scale(int features, int alike, ColumnKind expected)
    {
        // Values -1, 0 and 1, times 1 for those alike, 0.25 for the others; a mean of i.
        float Scale(int i) => i < alike ? 1 : 0.25f;
        float[] x = [.. Enumerable.Range(0, 3 * features).Select(k => k % features + (k / features - 1) * Scale(k % features))];
        var examples = new DenseExamples(x, features, new float[3]);
        var stage = InputStageRules.Measure(examples);

        Assert.IsTrue(stage.Kinds.All(kind => kind == expected));
        Assert.IsTrue(InputStageRules.Measure(examples, new ColumnHints([], IsNormalized: true)).Kinds.All(kind => kind == ColumnKind.Number), "ranges that someone made alike say nothing");
        double shared = Math.Sqrt(Enumerable.Range(0, features).Average(i => Scale(i) * Scale(i) * 2.0 / 3));
        double[] last = [.. Enumerable.Range(0, features).Select(i => expected == ColumnKind.SameRange ? Scale(i) / shared : Bounded(Math.Sqrt(1.5)))];
        AssertInputs(stage, x[(2 * features)..], last);
    }

    [TestMethod]
    public void Sparse_rows_have_weights_of_one_scale_and_numbers_that_are_centred()
    {
        // Three words, an income that few have, a number that most have, an indicator that most have, and something that never changes.
        float[] x =
        [
            1, 0, 1, 0,    5,  2, 0,
            2, 0, 0, 0,    6,  2, 0,
            0, 3, 0, 0,    7,  2, 0,
            0, 0, 1, 0,    8,  0, 0,
            0, 0, 0, 1000, 9,  2, 0,
            0, 0, 0, 3000, 10, 0, 0,
            0, 0, 0, 0,    0,  2, 0,
            0, 0, 0, 0,    0,  0, 0,
        ];
        var stage = InputStageRules.Measure(SparseSamples.ToExamples(x, 7, new float[8]));

        ColumnKind[] expected = [ColumnKind.Weight, ColumnKind.Weight, ColumnKind.Weight, ColumnKind.Weight, ColumnKind.Number, ColumnKind.Indicator, ColumnKind.Constant];
        CollectionAssert.AreEqual(expected, stage.Kinds.ToArray());
        Assert.AreEqual(1, stage.CentredCount);
        Assert.AreEqual(18 / 8.0, stage.InputsPerRow, "values stored in a row");

        // The words' values 1, 2, 3, 1 and 1 have a mean square of 16 / 5; the incomes one of 5e6. The number's mean is 45 / 8, its mean square 355 / 8.
        double word = Math.Sqrt(3.2), income = Math.Sqrt(5e6), deviation = Math.Sqrt(355 / 8.0 - 45 * 45 / 64.0);
        for (int row = 0; row < 8; row++)
        {
            float[] features = x[(7 * row)..(7 * row + 7)];
            double[] inputs = [features[0] / word, features[1] / word, features[2] / word, features[3] / income, Bounded((features[4] - 5.625) / deviation), features[5], 0];
            AssertInputs(stage, features, inputs);
        }
    }

    /// <summary>Half as many pieces as rows, 48 at most, 1,024 for all numbers together, and none where they would be fewer than 10.</summary>
    [TestMethod]
    [DataRow(1, 19, 0)]
    [DataRow(1, 20, 10)]
    [DataRow(1, 61, 30)]
    [DataRow(1, 96, 48)]
    [DataRow(1, 200, 48)]
    [DataRow(2, 39, 0)]
    [DataRow(2, 40, 10)]
    [DataRow(40, 2100, 25)]
    [DataRow(102, 2050, 10)]
    [DataRow(103, 2100, 0)]
    public void Numbers_are_cut_into_pieces_as_rows_and_numbers_allow(int features, int rows, int pieces)
    {
        float[] x = [.. Enumerable.Range(0, rows * features).Select(k => (float)(k / features))];
        var stage = InputStageRules.Measure(new DenseExamples(x, features, new float[rows]), new ColumnHints([], IsNormalized: true));

        for (int i = 0; i < features; i++) Assert.AreEqual(pieces, stage.BinsOf(i)?.Count ?? 0, $"feature {i}");
        Assert.AreEqual(features * (1 + pieces), stage.InputsPerRow);
    }

    [TestMethod]
    [DataRow(1, 16)]
    [DataRow(32, 16)]
    [DataRow(64, 8)]
    [DataRow(103, 0)] // no pieces, and so no steps
    public void Steps_are_16_at_most_and_512_for_all_numbers_together(int numbers, int steps)
    {
        // Runs of 100 rows of class 0 and of class 1 in turn: a step between any two of them.
        const int Rows = 2400;
        float[] x = [.. Enumerable.Range(0, Rows * numbers).Select(k => (float)(k / numbers))], y = [.. Enumerable.Range(0, Rows).Select(row => (float)(row / 100 % 2))];
        var examples = new DenseExamples(x, numbers, y);
        var hints = new ColumnHints([], IsNormalized: true);
        InputStage with = InputStageRules.Measure(examples, hints, classes: 2), without = InputStageRules.Measure(examples, hints);

        Assert.AreEqual(steps, Count(with) - Count(without));

        static int Count(InputStage stage) => stage.BinsOf(0)?.Count ?? 0;
    }

    [TestMethod]
    public void The_stage_is_the_same_bits_on_any_number_of_threads()
    {
        var rows = new DenseExamples(Samples.Create(200 * 37, seed: 4), 37, new float[200]);
        var one = InputStageRules.Measure(rows);
        foreach (int threads in new[] { 2, 3, 40 })
        {
            var stage = InputStageRules.Measure(rows, threads: threads);
            for (int i = 0; i < 37; i++) Assert.AreEqual(one[i], stage[i]);
        }
    }

    private static double Bounded(double z) => z / Math.Sqrt(1 + z * z / 64);

    private static void AssertInputs(InputStage stage, float[] row, double[] expected)
    {
        var inputs = new float[stage.Width];
        stage.Apply(row, inputs);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], inputs[i], 1e-5, $"input {i}");
    }
}
