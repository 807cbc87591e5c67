namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Steps are put where a number's value says most about the classes, and nowhere where it says nothing.</summary>
[TestClass]
public sealed class ClassStepsTests
{
    [TestMethod]
    public void A_split_counts_by_Pearsons_chi_square_of_its_parts_against_the_classes()
    {
        // 20 rows below and 20 above, of which a and 20 - a are of class 1: expected are 10 in each cell, and chi-square is 4 (a - 10)^2 / 10.
        // The threshold for one degree of freedom is (1 - 2/9 + 3 sqrt(2/9))^3 = 10.54: a = 5 has 10.0, a = 4 has 14.4.
        Assert.IsEmpty(Steps(Halves(onesBelow: 5), classes: 2));
        Assert.AreEqual((1f, 2f), Steps(Halves(onesBelow: 4), classes: 2).Single());
    }

    /// <summary>Chi-square is 4 (12 - 20)^2 / 20 = 12.8; the threshold is 10.54 for two classes, and 2 (1 - 1/9 + 3 sqrt(1/9))^3 = 13.48 for three.</summary>
    [TestMethod]
    public void A_class_without_rows_takes_no_degree_of_freedom()
    {
        (float, int)[] two = Halves(onesBelow: 12, rows: 80), three = [.. two, .. Enumerable.Range(0, 20).Select(i => (i < 10 ? 1f : 2f, 2))];

        Assert.HasCount(1, Steps(two, classes: 2));
        Assert.HasCount(1, Steps(two, classes: 3));
        Assert.IsEmpty(Steps([.. three.OrderBy(row => row.Item1)], classes: 3));
    }

    [TestMethod]
    [DataRow(7, 100, 0)]
    [DataRow(8, 100, 1)]
    [DataRow(100, 7, 0)]
    [DataRow(100, 8, 1)]
    public void Fewer_than_eight_rows_on_a_side_are_no_rule(int below, int above, int steps) =>
        Assert.HasCount(steps, Steps([.. Enumerable.Range(0, below + above).Select(i => i < below ? (1f, 1) : (2f, 0))], classes: 2));

    [TestMethod]
    public void A_weight_counts_as_the_row_so_many_times()
    {
        (float X, int Y)[] rows = Halves(onesBelow: 7); // chi-square is 3.6, and about 14.4 where almost every row is there four times
        float[] weights = [.. rows.Select(_ => 4f)];
        weights[^1] = 1; // what a weight is measured by

        Assert.IsEmpty(Steps(rows, classes: 2));
        Assert.HasCount(1, Steps(rows, classes: 2, weights));
    }

    [TestMethod]
    public void Rows_of_weight_zero_are_as_if_absent()
    {
        float[] x = [.. Enumerable.Range(0, 210)], y = [.. x.Select(value => value < 121 ? 0f : 1)], weights = [.. x.Select(value => value < 200 ? 1f : 0)];
        InputBins withThem = InputStageRules.Measure(new DenseExamples(x, 1, y, weights), classes: 2).BinsOf(0)!;
        InputBins without = InputStageRules.Measure(new DenseExamples(x[..200], 1, y[..200]), classes: 2).BinsOf(0)!;

        Assert.AreEqual(120, without.Lower[^1]);
        CollectionAssert.AreEqual(without.Lower, withThem.Lower);
    }

    [TestMethod]
    [DataRow(100, 250)]
    [DataRow(150, 300)]
    public void Edges_between_classes_are_found_and_no_others(int first, int second)
    {
        (float, int)[] rows = [.. Enumerable.Range(0, 400).Select(i => ((float)i, i < first ? 0 : i < second ? 1 : 2))];

        CollectionAssert.AreEquivalent(new[] { (first - 1f, (float)first), (second - 1f, (float)second) }, Steps(rows, classes: 3));
    }

    [TestMethod]
    public void A_class_that_lives_between_two_values_is_bounded_by_both()
    {
        // 10 rows of 400, which quantiles a fiftieth apart have in two pieces together with others.
        (float, int)[] rows = [.. Enumerable.Range(0, 400).Select(i => ((float)i, i is >= 203 and < 213 ? 1 : 0))];

        CollectionAssert.AreEquivalent(new[] { (202f, 203f), (212f, 213f) }, Steps(rows, classes: 2));
    }

    [TestMethod]
    public void Chance_has_hardly_a_step()
    {
        var random = new Random(5);
        int found = Enumerable.Range(0, 20).Sum(_ => Steps([.. Enumerable.Range(0, 500).Select(i => ((float)i, random.Next(4)))], classes: 4).Count);

        Assert.IsLessThan(20, found); // one for each number, of 16 that there may be
    }

    [TestMethod]
    public void A_yes_or_no_label_has_steps_beside_the_pieces_and_a_number_has_none()
    {
        float[] x = [.. Enumerable.Range(0, 200)], y = [.. x.Select(value => value < 121 ? 0f : 1)];
        var rows = new DenseExamples(x, 1, y);

        InputBins steps = Trained(Loss.SigmoidCrossEntropy), none = Trained(Loss.SquaredError);
        Assert.AreEqual(none.Count + 1, steps.Count);
        Assert.AreEqual((120f, 1f), (steps.Lower[^1], steps.Slope[^1]));

        InputBins Trained(Loss loss)
        {
            Network network = Network.Create(1, [2], 1);
            TrainingLoop.Run(network, rows, null, new TrainingOptions { Loss = loss, Optimizer = new AdamOptimizer(), NumberOfEpochs = 1 });
            return network.InputStage!.BinsOf(0)!;
        }
    }

    [TestMethod]
    public void Targets_that_are_no_classes_are_left_to_the_loss_to_refuse()
    {
        var rows = new DenseExamples([.. Enumerable.Range(0, 40)], 1, [.. Enumerable.Range(0, 40).Select(i => i == 7 ? 3f : 0)]);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainingLoop.Run(Network.Create(1, [2], 3), rows, null, new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = new AdamOptimizer() }));
    }

    /// <summary>Rows, half of them with the value 1 and half with 2; of the first so many are of class 1, of the others as many are of class 0.</summary>
    private static (float X, int Y)[] Halves(int onesBelow, int rows = 40) =>
        [.. Enumerable.Range(0, rows).Select(i => i < rows / 2 ? (1f, i < onesBelow ? 1 : 0) : (2f, i - rows / 2 < onesBelow ? 0 : 1))];

    private static List<(float Below, float Above)> Steps((float X, int Y)[] rows, int classes, float[]? weights = null)
    {
        float[] values = [.. rows.Select(row => row.X)];
        int[] places = [.. Enumerable.Range(0, rows.Length)];
        var examples = new DenseExamples(values, 1, [.. rows.Select(row => (float)row.Y)], weights);
        return ClassSteps.Of(examples, places, classes)!.Find(values, places, most: 16);
    }
}
