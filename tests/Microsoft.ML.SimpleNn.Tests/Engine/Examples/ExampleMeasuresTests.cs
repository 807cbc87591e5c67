namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is counted while rows are read, and the hash that tells whether they were the same.</summary>
[TestClass]
public sealed class ExampleMeasuresTests
{
    private static readonly float[] Features = [1, 0, 2, 0, 0, 3, 4, 5, 6], Targets = [10, 20, 30];

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Rows_are_counted_and_measured(bool sparse, bool asSparse)
    {
        ExampleMeasures measures = Measure(sparse, asSparse, Features, Targets, [1, 2, 3]);

        Assert.AreEqual((3L, 2.0), (measures.Rows, measures.MeanWeight));
        Assert.AreEqual(asSparse ? (6L, 3) : (9L, 3), (measures.Values, measures.LongestRow));
        Assert.AreEqual((10 + 2 * 20 + 3 * 30) / 6.0, measures.Targets.Mean[0], 1e-12);
        ColumnStatistics features = measures.Features;
        Assert.AreEqual(sparse, features.IsSparse);
        double[] means = [(1 + 3 * 4) / 6.0, 3 * 5 / 6.0, (2 + 2 * 3 + 3 * 6) / 6.0];
        for (int i = 0; i < 3; i++) Assert.AreEqual(means[i], features.Mean[i], 1e-12, $"feature {i}");
    }

    [TestMethod]
    public void Before_the_first_row_a_weight_is_one() => Assert.AreEqual(1.0, new ExampleMeasures(2, 1, sparse: false).MeanWeight);

    [TestMethod]
    public void A_hash_changes_with_every_part_of_every_row_and_with_their_order()
    {
        ulong whole = Measure(false, false, Features, Targets, [1, 2, 3]).Hash;
        Assert.AreEqual(whole, Measure(false, false, Features, Targets, [1, 2, 3]).Hash);
        Assert.AreNotEqual(whole, Measure(false, true, Features, Targets, [1, 2, 3]).Hash, "stored in another way");
        Assert.AreNotEqual(Measure(true, true, [1, 0, 2], [10], [1]).Hash, Measure(true, true, [1, 2, 0], [10], [1]).Hash, "indices");
        Assert.AreNotEqual(whole, Measure(false, false, Features, Targets, [1, 2, 4]).Hash, "a weight");
        for (int i = 0; i < Features.Length; i++)
        {
            float[] changed = [.. Features];
            changed[i] = MathF.BitIncrement(changed[i]);
            Assert.AreNotEqual(whole, Measure(false, false, changed, Targets, [1, 2, 3]).Hash, $"feature {i}");
        }

        for (int i = 0; i < Targets.Length; i++)
        {
            float[] changed = [.. Targets];
            changed[i]++;
            Assert.AreNotEqual(whole, Measure(false, false, Features, changed, [1, 2, 3]).Hash, $"target {i}");
        }

        Assert.AreNotEqual(whole, Measure(false, false, [.. Features[3..6], .. Features[..3], .. Features[6..]], [20, 10, 30], [2, 1, 3]).Hash, "the order");
    }

    [TestMethod]
    public void Statistics_that_are_asked_for_twice_are_the_same()
    {
        var rows = new StreamedExamples(new ArrayStream([1, 0, 4], 1, [0, 0, 0]) { Sparse = true }, sparse: true, 3, 1 << 16);

        for (int time = 0; time < 2; time++)
        {
            ColumnStatistics statistics = rows.Measure(threads: 1);
            Assert.AreEqual(5.0 / 3, statistics.Mean[0], 1e-12);
            Assert.AreEqual(Math.Sqrt(17.0 / 3 - 25.0 / 9), statistics.Deviation[0], 1e-12);
            Assert.AreEqual((0f, 4f), (statistics.Minimum[0], statistics.Maximum[0]));
        }
    }

    [TestMethod]
    public void A_hash_is_the_mix_of_what_went_before_with_each_word()
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        var hash = new DataHash();
        hash.Add<byte>([1, 0, 0, 0, 0, 0, 0, 0, 7]);

        // 9 items, then the first 8 bytes as a number, then the last.
        ulong expected = new ulong[] { 9, 1, 7 }.Aggregate(0UL, (before, word) => SplitMix64.Mix(unchecked((before ^ word) + Golden)));
        Assert.AreEqual(expected, hash.Value);
    }

    [TestMethod]
    public void The_hash_of_rows_in_memory_tells_them_apart_too()
    {
        var rows = new DenseExamples(Features, 3, Targets, [1, 2, 3]);
        Assert.AreEqual(rows.Hash(), new DenseExamples([.. Features], 3, [.. Targets], [1, 2, 3]).Hash());
        Assert.AreNotEqual(rows.Hash(), new DenseExamples(Features, 3, Targets, [1, 2, 4]).Hash());
        Assert.AreNotEqual(rows.Hash(), new DenseExamples(Features, 3, [10, 20, 31], [1, 2, 3]).Hash());
        Assert.AreNotEqual(rows.Hash(), new DenseExamples([.. Features[..8], 7], 3, Targets, [1, 2, 3]).Hash());
        Assert.AreEqual(rows.Subset([2, 0]).Hash(), new DenseExamples([4, 5, 6, 1, 0, 2], 3, [30, 10], [3, 1]).Hash());

        byte[] bytes = [.. Features.Select(value => (byte)value)];
        Assert.AreEqual(new ByteExamples(bytes, 3, Targets).Subset([1]).Hash(), new ByteExamples(bytes[3..6], 3, [20]).Hash());
        Assert.AreNotEqual(new ByteExamples(bytes, 3, Targets).Hash(), new ByteExamples([.. bytes[..8], 9], 3, Targets).Hash());

        var sparse = new SparseExamples([0, 2, 3, 6], [0, 2, 2, 0, 1, 2], [1, 2, 3, 4, 5, 6], 3, Targets);
        Assert.AreEqual(sparse.Subset([1]).Hash(), new SparseExamples([0, 1], [2], [3], 3, [20]).Hash());
        Assert.AreNotEqual(sparse.Subset([1]).Hash(), new SparseExamples([0, 1], [1], [3], 3, [20]).Hash());
        Assert.AreNotEqual(sparse.Subset([1]).Hash(), new SparseExamples([0, 1], [2], [4], 3, [20]).Hash());
    }

    private static ExampleMeasures Measure(bool sparse, bool asSparse, float[] features, float[] targets, float[] weights)
    {
        var measures = new ExampleMeasures(3, 1, sparse);
        using IExampleCursor cursor = ((IExampleStream)new ArrayStream(features, 3, targets) { Sparse = asSparse }).Open();
        foreach (float weight in weights)
        {
            Assert.IsTrue(cursor.MoveNext());
            measures.Add(cursor, weight);
        }

        return measures;
    }
}
