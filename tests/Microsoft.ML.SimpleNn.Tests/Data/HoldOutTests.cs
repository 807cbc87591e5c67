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
        (ExampleSet training, ExampleSet? validation) = HoldOut.Split(examples, byClass: true, fraction, seed: 3);

        CollectionAssert.AreEqual(new[] { first, second, third }, Counts(validation!, 3));
        CollectionAssert.AreEqual(new[] { 300 - first, 600 - second, 100 - third }, Counts(training, 3));
        int[] numbers = Numbers(training).Concat(Numbers(validation!)).Order().ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).ToArray(), numbers, "each row is in one of the two");
    }

    [TestMethod]
    public void Many_small_classes_give_the_fraction_together_and_keep_a_row_each()
    {
        ExampleSet examples = Classes(Enumerable.Range(0, 100).Select(c => (c, c % 3 + 1)).ToArray());
        (ExampleSet training, ExampleSet? validation) = HoldOut.Split(examples, byClass: true, 0.3, seed: 3);

        Assert.AreEqual((int)(0.3 * examples.Count), validation!.Count, 1);
        Assert.IsTrue(Counts(training, 100).All(count => count >= 1));
    }

    [TestMethod]
    public void Fewer_than_ten_held_out_rows_are_none()
    {
        (ExampleSet training, ExampleSet? validation) = HoldOut.Split(Classes((0, 49), (1, 50)), byClass: true, 0.1, seed: 3);
        Assert.AreEqual(99, training.Count);
        Assert.IsNull(validation);
        Assert.AreEqual(10, HoldOut.Split(Classes((0, 50), (1, 50)), byClass: true, 0.1, seed: 3).Validation!.Count);
    }

    [TestMethod]
    public void The_seed_decides_which_rows()
    {
        ExampleSet examples = Classes((0, 100), (1, 100));
        int[] HeldOut(int seed, bool byClass) => Numbers(HoldOut.Split(examples, byClass, 0.2, seed).Validation!);

        CollectionAssert.AreEqual(HeldOut(1, true), HeldOut(1, true));
        CollectionAssert.AreNotEqual(HeldOut(1, true), HeldOut(2, true));
        Assert.HasCount(40, HeldOut(1, false));
    }

    /// <summary>Rows of classes, mixed; the one feature is the row's number, and the weight carries it out again.</summary>
    private static DenseExamples Classes(params (int Class, int Count)[] counts)
    {
        float[] targets = counts.SelectMany(pair => Enumerable.Repeat((float)pair.Class, pair.Count)).ToArray();
        new Random(5).Shuffle(targets);
        return new DenseExamples(targets, 1, targets, Enumerable.Range(1, targets.Length).Select(i => (float)i).ToArray());
    }

    private static int[] Counts(ExampleSet examples, int classes)
    {
        int[] counts = new int[classes];
        for (int row = 0; row < examples.Count; row++)
            counts[(int)examples.Target(row)]++;
        return counts;
    }

    private static int[] Numbers(ExampleSet examples) => Enumerable.Range(0, examples.Count).Select(row => (int)examples.Weight(row) - 1).ToArray();
}
