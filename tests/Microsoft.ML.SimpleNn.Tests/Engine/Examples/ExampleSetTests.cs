namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class ExampleSetTests
{
    [TestMethod]
    public void What_the_caller_writes_into_the_arrays_of_sparse_rows_afterwards_does_not_move_where_the_kernels_read()
    {
        long[] starts = [0, 1, 3];
        int[] indices = [2, 0, 3];
        float[] values = [7, 8, 9], row = new float[4];
        var sparse = new SparseExamples(starts, indices, values, 4, [0, 0]);
        (starts[1], indices[0], indices[2], values[1]) = (1_000_000, 1_000_000, -5, 1);

        sparse.CopyFeatures(1, row);
        CollectionAssert.AreEqual(new float[] { 8, 0, 0, 9 }, row);
    }

    [TestMethod]
    public void Minibatches_have_the_rows_asked_for()
    {
        var dense = new DenseExamples([1, 2, 3, 4, 5, 6], 2, [10, 20, 30], [1, 2, 3]);
        var sparse = new SparseExamples([0, 2, 4, 6], [0, 1, 0, 1, 0, 1], [1, 2, 3, 4, 5, 6], 2, [10, 20, 30], [1, 2, 3]);
        var bytes = new ByteExamples([1, 2, 3, 4, 5, 6], 2, [10, 20, 30], [1, 2, 3]);
        foreach (ExampleSet set in new ExampleSet[] { dense, sparse, bytes })
        {
            AssertGathers(set, [2, 0], features: [5, 6, 1, 2], targets: [30, 10], weights: [1.5f, 0.5f]);
            AssertGathers(set.Subset([2, 1]), [1, 0], features: [3, 4, 5, 6], targets: [20, 30], weights: [0.8f, 1.2f]);
            AssertGathers(set.Subset([2, 1]).Subset([1]), [0], features: [3, 4], targets: [20], weights: [1]);
            AssertGathers(set.Subset([0, 0]), [0, 1], features: [1, 2, 1, 2], targets: [10, 10], weights: [1, 1]);
        }
    }

    [TestMethod]
    public void What_a_sparse_row_does_not_store_is_zero()
    {
        var sparse = new SparseExamples([0, 1, 1, 3], [2, 0, 3], [7, 8, 9], 4, [0, 0, 0]);

        AssertGathers(sparse, [0, 1, 2], features: [0, 0, 7, 0, 0, 0, 0, 0, 8, 0, 0, 9], targets: [0, 0, 0], weights: [1, 1, 1]);
        AssertGathers(sparse, [2, 1, 0], features: [8, 0, 0, 9, 0, 0, 0, 0, 0, 0, 7, 0], targets: [0, 0, 0], weights: [1, 1, 1]);
    }

    [TestMethod]
    public void Targets_that_are_the_features_have_their_zeros_in_sparse_rows_too()
    {
        var sparse = new SparseExamples([0, 1, 1, 3], [2, 0, 3], [7, 8, 9], 4, targets: null);

        AssertGathers(sparse, [2, 1, 0], features: [8, 0, 0, 9, 0, 0, 0, 0, 0, 0, 7, 0], targets: [8, 0, 0, 9, 0, 0, 0, 0, 0, 0, 7, 0], weights: [1, 1, 1]);
        AssertGathers(sparse, [1, 0], features: [0, 0, 0, 0, 0, 0, 7, 0], targets: [0, 0, 0, 0, 0, 0, 7, 0], weights: [1, 1]);
    }

    [TestMethod]
    public void Sizes_are_those_of_the_rows()
    {
        ExampleSet set = new DenseExamples(new float[12], 3, new float[8]), subset = set.Subset([3, 1, 0]);

        Assert.AreEqual((4, 3, 2), (set.Count, set.FeatureCount, set.TargetsPerRow));
        Assert.AreEqual((3, 3, 2), (subset.Count, subset.FeatureCount, subset.TargetsPerRow));
    }

    [TestMethod]
    public void Dense_arrays_that_do_not_fit_each_other_are_refused()
    {
        Refuses("5 values do not divide into rows of 2 features.", () => new DenseExamples(new float[5], 2, new float[2]));
        Refuses("3 targets do not divide into 2 rows.", () => new DenseExamples(new float[4], 2, new float[3]));
        Refuses("0 targets do not divide into 2 rows.", () => new DenseExamples(new float[4], 2, []));
        Refuses("There are 2 rows, but 3 weights.", () => new DenseExamples(new float[4], 2, new float[2], new float[3]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DenseExamples(new float[4], 0, new float[2]));
    }

    [TestMethod]
    public void Weights_that_are_no_weights_are_refused()
    {
        Refuses("Row 2 (counted from 1) has weight -1; a weight must be a finite number of 0 or more.", () => new DenseExamples(new float[2], 1, new float[2], [1, -1]));
        Refuses("a weight must be a finite number of 0 or more.", () => new DenseExamples(new float[2], 1, new float[2], [1, float.NaN]));
        Refuses("a weight must be a finite number of 0 or more.", () => new DenseExamples(new float[2], 1, new float[2], [1, float.PositiveInfinity]));
        Refuses("All rows have weight 0, so there is nothing to learn from.", () => new DenseExamples(new float[2], 1, new float[2], [0, 0]));
    }

    [TestMethod]
    public void Sparse_arrays_that_do_not_fit_each_other_are_refused()
    {
        Refuses("There are 2 values, but 1 indices.", () => new SparseExamples([0, 2], [0], [1, 2], 3, [0]));
        Refuses("Row starts must begin with 0 and end with the number of values, 2.", () => new SparseExamples([0, 1], [0, 1], [1, 2], 3, [0]));
        Refuses("Row starts must begin with 0 and end with the number of values, 2.", () => new SparseExamples([1, 2], [0, 1], [1, 2], 3, [0]));
        Refuses("Row starts must begin with 0 and end with the number of values, 0.", () => new SparseExamples([], [], [], 3, []));
        Refuses("Row 2 (counted from 1) ends before it begins.", () => new SparseExamples([0, 2, 1, 2], [0, 1], [1, 2], 3, [0, 0, 0]));
        Refuses("Row 1 (counted from 1) has the index 3, which is not one of 3 features, 0 to 2.", () => new SparseExamples([0, 2], [0, 3], [1, 2], 3, [0]));
        Refuses("Row 1 (counted from 1) has the index -1, which is not one of 3 features, 0 to 2.", () => new SparseExamples([0, 2], [-1, 1], [1, 2], 3, [0]));
        Refuses("The indices of row 2 (counted from 1) do not ascend: 0 follows 2.", () => new SparseExamples([0, 1, 3], [1, 2, 0], [1, 2, 3], 3, [0, 0]));
        Refuses("The indices of row 1 (counted from 1) do not ascend: 1 follows 1.", () => new SparseExamples([0, 2], [1, 1], [1, 2], 3, [0]));
    }

    [TestMethod]
    public void A_subset_of_rows_that_are_not_there_is_refused()
    {
        ExampleSet set = new DenseExamples(new float[3], 1, new float[3]);

        Refuses("The set has rows 0 to 2.", () => set.Subset([0, 3]));
        Refuses("The set has rows 0 to 2.", () => set.Subset([-1]));
        Refuses("The set has rows 0 to 0.", () => set.Subset([1]).Subset([1]));
    }

    private static void AssertGathers(ExampleSet set, int[] rows, float[] features, float[] targets, float[] weights)
    {
        using var workspace = set.CreateWorkspace(Network.Create(set.FeatureCount, [], 1), rows.Length, threads: 1);
        set.Gather(rows, inputs: null, workspace);

        CollectionAssert.AreEqual(features, Kernels.SparseSamples.ToDense(workspace.Batch));
        CollectionAssert.AreEqual(targets, workspace.Batch.Targets.Span.ToArray());
        for (int i = 0; i < weights.Length; i++) Assert.AreEqual(weights[i], workspace.Batch.Weights.Span[i], 1e-6f, $"weight {i}"); // divided by their mean
    }

    private static void Refuses(string message, Func<object> create) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(create).Message);
}
