using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Data;

/// <summary>The store gives back the rows it was given, however it had to grow and whichever form it chose.</summary>
[TestClass]
public sealed class FeatureStoreTests
{
    private const int Features = 50;
    private const int Rows = 2000;

    [TestMethod]
    [DataRow(1.0, 1.0, typeof(DenseExamples), DisplayName = "full")]
    [DataRow(0.2, 0.2, typeof(DenseExamples), DisplayName = "a fifth")]
    [DataRow(0.05, 0.05, typeof(SparseExamples), DisplayName = "a twentieth")]
    [DataRow(0.0, 0.0, typeof(SparseExamples), DisplayName = "zeros only")]
    [DataRow(0.9, 0.0, typeof(DenseExamples), DisplayName = "full rows first, then empty ones")]
    [DataRow(0.0, 0.9, typeof(DenseExamples), DisplayName = "empty rows first, then full ones")]
    [DataRow(0.15, 0.01, typeof(SparseExamples), DisplayName = "dense at first, sparse in all")]
    [DataRow(0.01, 0.3, typeof(DenseExamples), DisplayName = "sparse at first, dense in all")]
    public void Rows_come_back_as_they_were(double densityOfFirstHalf, double densityOfSecondHalf, Type form)
    {
        float[] expected = Values(densityOfFirstHalf, densityOfSecondHalf);
        foreach (long? expectedRows in new long?[] { null, Rows, 7, 10L * Rows, long.MaxValue / 1000 })
        {
            ExampleSet examples = Store(expected, expectedRows, Array.MaxLength);
            Assert.IsInstanceOfType(examples, form);
            CollectionAssert.AreEqual(expected, Gather(examples));
        }
    }

    [TestMethod]
    public void Rows_that_only_fit_an_array_in_sparse_form_are_kept_sparse()
    {
        float[] expected = Values(0.5, 0.5);
        ExampleSet examples = Store(expected, null, longestArray: (int)(0.6 * expected.Length));

        Assert.IsInstanceOfType<SparseExamples>(examples);
        CollectionAssert.AreEqual(expected, Gather(examples));
    }

    [TestMethod]
    [DataRow(60_000, long.MaxValue, DisplayName = "arrays too short")]
    [DataRow(int.MaxValue, 2 * sizeof(float) * Rows * Features / 3, DisplayName = "memory too little")]
    public void Rows_that_do_not_fit_are_counted(int longestArray, long memory)
    {
        FeatureStore store = Fill(Values(1, 0.5), Rows, longestArray, memory);

        Assert.IsFalse(store.Fits);
        Assert.IsFalse(store.IsThin);
    }

    [TestMethod]
    public void Rows_that_do_not_fit_are_known_to_be_thin()
    {
        FeatureStore store = Fill(Values(0.05, 0.05), null, int.MaxValue, memory: 10_000);

        Assert.IsFalse(store.Fits);
        Assert.IsTrue(store.IsThin);
    }

    [TestMethod]
    [DataRow(1.0, typeof(ByteExamples), DisplayName = "full")]
    [DataRow(0.2, typeof(ByteExamples), DisplayName = "a fifth")]
    [DataRow(0.05, typeof(SparseExamples), DisplayName = "a twentieth")]
    public void Dense_whole_numbers_from_0_to_255_are_kept_as_bytes(double density, Type form)
    {
        float[] expected = Pixels(density);
        foreach (long? expectedRows in new long?[] { null, Rows, 7 })
        {
            ExampleSet examples = Store(expected, expectedRows, Array.MaxLength);
            Assert.IsInstanceOfType(examples, form);
            CollectionAssert.AreEqual(expected, Gather(examples));
        }
    }

    [TestMethod]
    [DataRow(0, 0.5f)]
    [DataRow(Rows / 2, -1f)]
    [DataRow(Rows / 2, 256f)]
    [DataRow(Rows / 2, 1e30f)]
    [DataRow(Rows - 1, 254.5f)]
    public void A_value_that_is_no_byte_makes_floats_of_all(int row, float value)
    {
        foreach (int feature in new[] { 0, 17, Features - 1 })
        {
            float[] expected = Pixels(density: 0.9);
            expected[(row * Features) + feature] = value;
            ExampleSet examples = Store(expected, Rows, Array.MaxLength);
            Assert.IsInstanceOfType<DenseExamples>(examples);
            CollectionAssert.AreEqual(expected, Gather(examples));
        }
    }

    [TestMethod]
    public void Negative_zero_is_no_byte()
    {
        Assert.IsTrue(FloatSpans.AreBytes(new float[20]));
        foreach (int place in new[] { 0, 19 })
        {
            float[] values = new float[20];
            values[place] = -0f;
            Assert.IsFalse(FloatSpans.AreBytes(values), $"-0 at {place}");
        }
    }

    [TestMethod]
    public void Bytes_fit_where_floats_do_not()
    {
        const long memory = 3L * Rows * Features; // while they are moved, twice the bytes, and the rows' starts
        float[] values = Pixels(density: 1);
        Assert.IsTrue(Fill(values, null, int.MaxValue, memory).Fits);

        values[^1] = 0.5f;
        Assert.IsFalse(Fill(values, null, int.MaxValue, memory).Fits);
    }

    private static float[] Pixels(double density) => [.. Values(density, density).Select((value, i) => value == 0 ? 0 : 1 + (i % 255))];

    private static float[] Values(double densityOfFirstHalf, double densityOfSecondHalf)
    {
        var random = new Random(2);
        return Enumerable.Range(0, Rows * Features)
            .Select(i => random.NextDouble() < (i < Rows * Features / 2 ? densityOfFirstHalf : densityOfSecondHalf) ? 1 + random.NextSingle() : 0).ToArray();
    }

    /// <summary>Hands the rows over as dense and as sparse vectors in turn, the sparse ones with a stored zero.</summary>
    private static FeatureStore Fill(float[] values, long? expectedRows, int longestArray, long memory)
    {
        var store = new FeatureStore(Features, expectedRows, longestArray, memory);
        for (int i = 0; i < Rows; i++)
        {
            float[] row = values[(i * Features)..((i + 1) * Features)];
            int[] indices = Enumerable.Range(0, Features).Where(f => row[f] != 0 || f == i % Features).ToArray();
            store.Append(i % 2 == 0 ? new VBuffer<float>(Features, row) : new VBuffer<float>(Features, indices.Length, indices.Select(f => row[f]).ToArray(), indices));
        }
        Assert.AreEqual(Rows, store.Rows);
        return store;
    }

    private static ExampleSet Store(float[] values, long? expectedRows, int longestArray) =>
        Fill(values, expectedRows, longestArray, long.MaxValue).ToExamples(new float[Rows], null);

    private static float[] Gather(ExampleSet examples)
    {
        using var workspace = examples.CreateWorkspace(Network.Create(Features, [], 2), examples.Count, 1);
        examples.Gather(Enumerable.Range(0, examples.Count).ToArray(), null, workspace);
        return Kernels.SparseSamples.ToDense(workspace.Batch);
    }
}
