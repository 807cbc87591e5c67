using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Data;

/// <summary>Held-out rows: as many as asked, of each class alike, never the last of a class, and the same for a seed.</summary>
[TestClass]
public sealed class HoldOutTests
{
    [TestMethod]
    [DataRow(0.1, 30, 60, 10)]
    [DataRow(0.25, 75, 150, 25)]
    public void Each_class_gives_its_fraction(double fraction, int first, int second, int third)
    {
        ExampleSet examples = Classes((0, 300), (1, 600), (2, 100));
        (ExampleSet training, ExampleSet? validation) = Split(examples, byClass: true, fraction, seed: 3);

        CollectionAssert.AreEqual(new[] { first, second, third }, Counts(validation!, 3));
        CollectionAssert.AreEqual(new[] { 300 - first, 600 - second, 100 - third }, Counts(training, 3));
        int[] numbers = Numbers(training).Concat(Numbers(validation!)).Order().ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).ToArray(), numbers, "each row is in one of the two");
    }

    [TestMethod]
    public void Many_small_classes_give_the_fraction_together_and_keep_a_row_each()
    {
        ExampleSet examples = Classes(Enumerable.Range(0, 100).Select(c => (c, c % 3 + 1)).ToArray());
        (ExampleSet training, ExampleSet? validation) = Split(examples, byClass: true, 0.3, seed: 3);

        Assert.AreEqual((int)(0.3 * examples.Count), validation!.Count, 1);
        Assert.IsTrue(Counts(training, 100).All(count => count >= 1));
    }

    [TestMethod]
    public void A_long_tail_of_rare_classes_does_not_cost_the_next_class_most_of_its_rows()
    {
        ExampleSet examples = Classes([.. Enumerable.Range(0, 1500).Select(c => (c, 1)), (1500, 150), (1501, 150), (1502, 3), (1503, 2)]);
        (ExampleSet training, ExampleSet? validation) = Split(examples, byClass: true, 0.1, seed: 3);

        CollectionAssert.AreEqual(new[] { 15, 15, 1, 1 }, Counts(validation!, 1504)[1500..], "a tenth of each, rounded up, as rows of the tail are owed");
        CollectionAssert.AreEqual(new[] { 135, 135, 2, 1 }, Counts(training, 1504)[1500..]);
        Assert.IsTrue(Counts(training, 1504).All(count => count >= 1));
    }

    [TestMethod]
    public void The_only_row_of_a_class_is_in_no_fold()
    {
        ExampleSet examples = Classes((0, 1), (1, 7), (2, 1), (3, 2));
        int[] folds = HeldOutRows.Folds(examples, byClass: true, 3, seed: 3);

        for (int row = 0; row < examples.Count; row++)
            Assert.AreEqual((int)examples.Target(row) is 0 or 2, folds[row] == HeldOutRows.InEveryTraining);
        CollectionAssert.AreEqual(new[] { 3, 3, 3 }, Enumerable.Range(0, 3).Select(fold => folds.Count(one => one == fold)).ToArray());
    }

    [TestMethod]
    [DataRow(0.1, 0.5)]
    [DataRow(0.4, 0.5)]
    [DataRow(0.8, 0.8)]
    public void Of_streamed_rows_no_class_gives_more_than_half_or_the_fraction_nor_its_only_row(double fraction, double most)
    {
        (int Class, int Count)[] counts = [.. Enumerable.Range(0, 200).Select(c => (c, c % 4 + 1)), (200, 4000)];
        float[] targets = Targets(counts);
        var all = new StreamedExamples(new ArrayStream(targets, 1, targets), sparse: false, targets.Length, poolBytes: 1 << 16);
        (ExampleSource training, ExampleSource? validation) = HoldOut.Split(all, byClass: true, fraction, seed: 3);
        double[] kept = training.WeightOfClasses(201), given = validation!.WeightOfClasses(201);

        for (int c = 0; c < 200; c++)
        {
            Assert.AreEqual(counts[c].Count, kept[c] + given[c]);
            Assert.IsGreaterThanOrEqualTo(1, kept[c]);
            Assert.IsLessThanOrEqualTo(most * counts[c].Count, given[c]);
        }
        Assert.AreEqual(fraction, given[200] / 4000, 0.03);
    }

    [TestMethod]
    public void Fewer_than_ten_held_out_rows_are_none()
    {
        (ExampleSet training, ExampleSet? validation) = Split(Classes((0, 49), (1, 50)), byClass: true, 0.1, seed: 3);
        Assert.AreEqual(99, training.Count);
        Assert.IsNull(validation);
        Assert.AreEqual(10, Split(Classes((0, 50), (1, 50)), byClass: true, 0.1, seed: 3).Validation!.Count);
    }

    [TestMethod]
    public void The_seed_decides_which_rows()
    {
        ExampleSet examples = Classes((0, 100), (1, 100));
        int[] HeldOut(int seed, bool byClass) => Numbers(Split(examples, byClass, 0.2, seed).Validation!);

        CollectionAssert.AreEqual(HeldOut(1, true), HeldOut(1, true));
        CollectionAssert.AreNotEqual(HeldOut(1, true), HeldOut(2, true));
        Assert.HasCount(40, HeldOut(1, false));
    }

    /// <summary>Rows of classes, mixed; the one feature is the row's number, and the weight carries it out again.</summary>
    private static DenseExamples Classes(params (int Class, int Count)[] counts)
    {
        float[] targets = Targets(counts);
        return new DenseExamples(targets, 1, targets, Enumerable.Range(1, targets.Length).Select(i => (float)i).ToArray());
    }

    private static float[] Targets((int Class, int Count)[] counts)
    {
        float[] targets = counts.SelectMany(pair => Enumerable.Repeat((float)pair.Class, pair.Count)).ToArray();
        new Random(5).Shuffle(targets);
        return targets;
    }

    private static int[] Counts(ExampleSet examples, int classes)
    {
        int[] counts = new int[classes];
        for (int row = 0; row < examples.Count; row++)
            counts[(int)examples.Target(row)]++;
        return counts;
    }

    private static int[] Numbers(ExampleSet examples) => Enumerable.Range(0, examples.Count).Select(row => (int)examples.Weight(row) - 1).ToArray();

    private static (ExampleSet Training, ExampleSet? Validation) Split(ExampleSet examples, bool byClass, double fraction, int seed)
    {
        (ExampleSource training, ExampleSource? validation) = HoldOut.Split(examples, byClass, fraction, seed);
        return ((ExampleSet)training, (ExampleSet?)validation);
    }
}
