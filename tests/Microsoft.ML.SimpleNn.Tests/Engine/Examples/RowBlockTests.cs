namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The rows that are kept while others are read.</summary>
[TestClass]
public sealed class RowBlockTests
{
    private static readonly float[] Features = [1, 0, 2, 0, 0, 0, 3, 4, 0, 5, 6, 7];

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Rows_come_out_as_they_went_in(bool sparse, bool fromSparse)
    {
        // One row of room: it grows with the second.
        var block = new RowBlock(3, 2, sparse, rows: 1);
        Fill(block, fromSparse, 4);
        ExampleSet rows = block.ToExamples(meanWeight: 2.5);

        Assert.AreEqual((4, 3, 2, 2.5, sparse), (rows.Count, rows.FeatureCount, rows.TargetsPerRow, rows.MeanWeight, rows.IsSparse));
        float[] row = new float[3];
        for (int i = 0; i < 4; i++)
        {
            rows.CopyFeatures(i, row);
            CollectionAssert.AreEqual(Features[(3 * i)..(3 * i + 3)], row, $"row {i}");
            Assert.AreEqual((10f * i, 10f * i + 1, i + 1f), (rows.Target(i, 0), rows.Target(i, 1), rows.Weight(i)));
        }
    }

    [TestMethod]
    public void A_row_of_gaps_leaves_nothing_of_what_lay_there_before()
    {
        var block = new RowBlock(3, 2, sparse: false, rows: 4);
        Fill(block, fromSparse: false, 4);
        block.Clear(wanted: 4);
        Fill(block, fromSparse: true, 4);
        float[] row = new float[3];
        block.ToExamples(1).CopyFeatures(1, row);

        CollectionAssert.AreEqual(new float[] { 0, 0, 0 }, row);
    }

    [TestMethod]
    public void Full_is_when_as_many_rows_are_there_as_were_wanted()
    {
        var block = new RowBlock(3, 2, sparse: false, rows: 2);
        Assert.IsFalse(block.IsFull);
        Fill(block, fromSparse: false, 2);
        Assert.IsTrue(block.IsFull);
        block.Clear(wanted: 1);
        Assert.AreEqual((0, false), (block.Count, block.IsFull));
        Fill(block, fromSparse: false, 1);
        Assert.IsTrue(block.IsFull);
    }

    [TestMethod]
    public void Bytes_are_those_of_values_targets_and_weights()
    {
        RowBlock dense = new(3, 2, sparse: false, rows: 4), sparse = new(3, 2, sparse: true, rows: 4);
        Fill(dense, fromSparse: false, 4);
        Fill(sparse, fromSparse: false, 4);

        Assert.AreEqual(4 * (4 * (3 + 2 + 1)), dense.Bytes);
        Assert.AreEqual(4 * (4 * (2 + 1) + 2 * 7 + 2 * 4), sparse.Bytes, "7 values with their indices, and a start of 8 bytes for each row");
    }

    [TestMethod]
    public void Rows_without_targets_have_their_features_for_targets()
    {
        var block = new RowBlock(3, 0, sparse: false, rows: 4);
        using IExampleCursor cursor = ((IExampleStream)new ArrayStream(Features, 3, targets: null)).Open();
        Assert.IsTrue(cursor.MoveNext());
        block.Add(cursor, 1);
        ExampleSet rows = block.ToExamples(1);

        Assert.AreEqual((true, 3), (rows.TargetsAreFeatures, rows.TargetsPerRow));
    }

    [TestMethod]
    public void An_index_beyond_the_features_is_refused()
    {
        // The stream says four features, the block three.
        var block = new RowBlock(3, 1, sparse: true, rows: 4);
        using IExampleCursor cursor = ((IExampleStream)new ArrayStream([0, 0, 0, 1], 4, [0]) { Sparse = true }).Open();
        Assert.IsTrue(cursor.MoveNext());

        Assert.Contains("has the index 3, which is not one of 3 features, 0 to 2.", Assert.Throws<ArgumentException>(() => block.Add(cursor, 1)).Message);
    }

    private static void Fill(RowBlock block, bool fromSparse, int count)
    {
        using IExampleCursor cursor = ((IExampleStream)new ArrayStream(Features, 3, [0, 1, 10, 11, 20, 21, 30, 31]) { Sparse = fromSparse }).Open();
        for (int i = 0; i < count; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            block.Add(cursor, i + 1);
        }
    }
}
