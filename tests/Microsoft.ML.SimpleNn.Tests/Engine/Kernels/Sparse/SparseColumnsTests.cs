using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed unsafe class SparseColumnsTests
{
    [TestMethod]
    public void Columns_are_the_rows_read_the_other_way_with_a_column_of_ones_at_the_end()
    {
        // 3 rows of 4 features, of which feature 2 does not occur.
        var columns = new SparseColumns(3, 12, 4);
        columns.Transpose(SparseSamples.ToRows([0, 5, 0, 6, 0, 0, 0, 0, 7, 8, 0, 0], 4));

        CollectionAssert.AreEqual(new[] { 0, 1, 3, 4 }, new ReadOnlySpan<int>(columns.Occurring, columns.Count).ToArray());
        CollectionAssert.AreEqual(new[] { 0, 1, 3, 4, 7 }, new ReadOnlySpan<int>(columns.Starts, columns.Count + 1).ToArray());
        CollectionAssert.AreEqual(new[] { 2, 0, 2, 0, 0, 1, 2 }, new ReadOnlySpan<int>(columns.Rows, columns.ValueCount).ToArray());
        CollectionAssert.AreEqual(new float[] { 7, 5, 8, 6, 1, 1, 1 }, new ReadOnlySpan<float>(columns.Values, columns.ValueCount).ToArray());
        GC.KeepAlive(columns);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(2048)]
    [DataRow(2049)]
    [DataRow(5_000_000)]
    [DataRow(int.MaxValue)]
    public void Features_are_sorted_and_equal_ones_keep_their_order(int features)
    {
        var random = new Random(1);
        int[] values = [.. Enumerable.Range(0, 5000).Select(i => i % 3 == 0 ? random.Next(Math.Min(features, 20)) : random.Next(features)), features - 1, 0];
        (int, int)[] expected = [.. values.Select((feature, position) => (feature, position)).OrderBy(entry => entry.feature)]; // a stable sort
        long[] actual = new FeatureSort(values.Length, features).Sort(values).ToArray();

        CollectionAssert.AreEqual(expected, Array.ConvertAll(actual, entry => (FeatureSort.Feature(entry), FeatureSort.Position(entry))));
    }

    [TestMethod]
    public void A_second_minibatch_leaves_nothing_of_the_first()
    {
        var columns = new SparseColumns(2, 6, 3);
        columns.Transpose(SparseSamples.ToRows([1, 2, 3, 4, 5, 6], 3));
        columns.Transpose(SparseSamples.ToRows([0, 9, 0], 3));

        CollectionAssert.AreEqual(new[] { 1, 3 }, new ReadOnlySpan<int>(columns.Occurring, columns.Count).ToArray());
        CollectionAssert.AreEqual(new float[] { 9, 1 }, new ReadOnlySpan<float>(columns.Values, columns.ValueCount).ToArray());
        GC.KeepAlive(columns);
    }
}
