namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is asked of rows in memory, of each way that they are stored.</summary>
[TestClass]
public sealed class ExampleRowsTests
{
    /// <summary>Four rows of three features; classes 2, 0, 2 and 1; weights 1, 0, 3 and 4.</summary>
    private static IEnumerable<ExampleSet> Sets =>
    [
        new DenseExamples([1, 0, 2, 0, 0, 0, 3, 4, 5, 0, 6, 0], 3, [2, 0, 2, 1], [1, 0, 3, 4]),
        new ByteExamples([1, 0, 2, 0, 0, 0, 3, 4, 5, 0, 6, 0], 3, [2, 0, 2, 1], [1, 0, 3, 4]),
        new SparseExamples([0, 2, 2, 5, 6], [0, 2, 0, 1, 2, 1], [1, 2, 3, 4, 5, 6], 3, [2, 0, 2, 1], [1, 0, 3, 4]),
    ];

    [TestMethod]
    public void A_value_a_target_and_a_weight_are_those_of_the_row()
    {
        foreach (ExampleSet set in Sets)
        {
            ExampleSet part = set.Subset([3, 0]);
            CollectionAssert.AreEqual(new float[] { 0, 6, 0 }, new[] { part.Feature(0, 0), part.Feature(0, 1), part.Feature(0, 2) });
            CollectionAssert.AreEqual(new float[] { 1, 0, 2 }, new[] { part.Feature(1, 0), part.Feature(1, 1), part.Feature(1, 2) });
            Assert.AreEqual((1f, 2f, 4f, 1f, 2.5), (part.Target(0), part.Target(1), part.Weight(0), part.Weight(1), part.MeanWeight));
            float[] row = [9, 9, 9];
            part.CopyFeatures(1, row);
            CollectionAssert.AreEqual(new float[] { 1, 0, 2 }, row);
        }
    }

    [TestMethod]
    public void Rows_of_weight_zero_are_left_out_and_a_set_without_any_stays_itself()
    {
        foreach (ExampleSet set in Sets)
        {
            ExampleSet without = set.WithoutWeightless();
            Assert.AreEqual(3, without.Count);
            CollectionAssert.AreEqual(new float[] { 1, 3, 4 }, new[] { without.Weight(0), without.Weight(1), without.Weight(2) });
            Assert.AreSame(without, without.WithoutWeightless());
        }

        var plain = new DenseExamples([1, 2], 1, [0, 0]);
        Assert.AreSame(plain, plain.WithoutWeightless());
        Assert.AreEqual((1f, 1.0), (plain.Weight(1), plain.MeanWeight));
    }

    [TestMethod]
    public void Other_weights_are_those_of_a_copy()
    {
        foreach (ExampleSet set in Sets)
        {
            ExampleSet part = set.Subset([2, 0]), other = part.WithWeights([10, 20]);
            Assert.AreEqual((10f, 20f, 15.0), (other.Weight(0), other.Weight(1), other.MeanWeight));
            Assert.AreEqual((3f, 1f, 2.0), (part.Weight(0), part.Weight(1), part.MeanWeight));
            CollectionAssert.AreEqual(new double[] { 0, 0, 30 }, other.WeightOfClasses(3));
        }
    }

    [TestMethod]
    public void Classes_have_the_weight_of_their_rows()
    {
        foreach (ExampleSet set in Sets) CollectionAssert.AreEqual(new double[] { 0, 4, 4 }, set.WeightOfClasses(3));
    }

    [TestMethod]
    public void The_largest_minibatch_of_sparse_rows_is_that_of_the_longest()
    {
        ExampleSet sparse = Sets.Last(), part = sparse.Subset([3, 1, 0]);

        CollectionAssert.AreEqual(new long[] { 3, 5, 6, 6, 6 }, Enumerable.Range(1, 5).Select(sparse.LargestMinibatch).ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 3, 3 }, Enumerable.Range(1, 3).Select(part.LargestMinibatch).ToArray());
        Assert.AreEqual((true, false, 0L), (sparse.IsSparse, Sets.First().IsSparse, Sets.First().LargestMinibatch(4)));
    }

    [TestMethod]
    public void Without_targets_the_features_are_meant()
    {
        Assert.AreEqual((true, 3), (new DenseExamples(new float[6], 3, null).TargetsAreFeatures, new DenseExamples(new float[6], 3, null).TargetsPerRow));
        Assert.IsTrue(Sets.All(set => !set.TargetsAreFeatures && set.TargetsPerRow == 1 && set.RowCount == 4));
        Assert.AreEqual(1, new DenseExamples([], 3, []).TargetsPerRow, "of no rows");
    }

    [TestMethod]
    public void Targets_are_measured_by_the_rows_weights()
    {
        foreach (ExampleSet set in Sets)
        {
            TargetStatistics targets = set.MeasureTargets();
            Assert.AreEqual(1.5, targets.Mean[0], 1e-12); // (2 + 3 * 2 + 4) / 8
            Assert.AreEqual(0.5, targets.Deviation[0], 1e-12);
        }
    }

    [TestMethod]
    public void What_is_not_there_is_refused_by_its_name()
    {
        Assert.AreEqual("features", Assert.ThrowsExactly<ArgumentNullException>(() => new DenseExamples(null!, 1, [])).ParamName);
        Assert.AreEqual("rows", Assert.ThrowsExactly<ArgumentNullException>(() => Sets.First().Subset(null!)).ParamName);
        Assert.AreEqual("featureCount", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DenseExamples([], 0, [])).ParamName);
    }
}
