using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What is missing is the centre of its column and a mark, the same bits from dense rows, bytes and sparse rows, in training and in scoring.</summary>
[TestClass]
public sealed class MissingFeaturesTests
{
    private const int Rows = 30;

    [TestMethod]
    public void What_is_missing_is_the_centre_and_a_mark()
    {
        // Known are 1, 3 and 5 of the first feature, mean 3 and variance 8 / 3; nothing is missing of the second, mean 58; the last is an indicator, 0.75 on average.
        float[] x =
        [
            1, 10, 1,
            3, 40, 0,
            5, 70, float.NaN,
            float.NaN, 80, 1,
            float.NaN, 90, 1,
        ];
        var stage = InputStageRules.Measure(new DenseExamples(x, 3, new float[5]));

        Assert.AreEqual((3, 5, 2, 0, 2), (stage.Features, stage.Width, stage.Marks, stage.Marked(0), stage.Marked(1)));
        double z = 2 / Math.Sqrt(8 / 3.0);
        AssertInputs(stage, [5, 58, 1], [Bounded(z), 0, 0.5, 0, 0]);
        AssertInputs(stage, [float.NaN, 58, 0], [0, 0, -1.5, 1, 0]);
        AssertInputs(stage, [float.NaN, 58, float.NaN], [0, 0, 0, 1, 1]);
        AssertInputs(stage, [3, float.NaN, float.NaN], [0, 0, 0, 0, 1]); // that the second is missing was never seen
        stage.SetGain(3, -2);
        stage.SetGain(0, 3);
        AssertInputs(stage, [float.NaN, 58, 0], [0, 0, -1.5, -2, 0]);
        AssertInputs(stage, [5, 58, 1], [3 * Bounded(z), 0, 0.5, 0, 0]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_column_of_which_nothing_is_known_gives_its_mark_alone(bool sparse)
    {
        float[] x = [1, float.NaN, 2, float.NaN, 4, float.NaN];
        var stage = InputStageRules.Measure(sparse ? SparseSamples.ToExamples(x, 2, new float[3]) : new DenseExamples(x, 2, new float[3]));

        Assert.AreEqual(ColumnKind.Constant, stage.Kinds[1]);
        float[] inputs = new float[3];
        stage.Apply([1, float.NaN], inputs);
        Assert.AreEqual((0f, 1f), (inputs[1], inputs[2]));
        stage.Apply([1, 5], inputs);
        Assert.AreEqual((0f, 0f), (inputs[1], inputs[2]));
    }

    [TestMethod]
    [DataRow(5, false)]
    [DataRow(40, false)]
    [DataRow(5, true)]
    [DataRow(40, true)]
    public void Dense_and_sparse_rows_give_the_same_bits_in_minibatches_and_scores(int features, bool measuredSparse)
    {
        // Measured on sparse rows two columns are centred, a few of all; measured on dense ones all are.
        float[] x = Create(features), classes = new float[Rows];
        DenseExamples dense = new(x, features, classes);
        SparseExamples sparse = SparseSamples.ToExamples(x, features, classes);
        Network network = CreateNetwork(InputStageRules.Measure(measuredSparse ? sparse : dense));
        InputStage stage = network.InputStage!;
        Assert.AreEqual(2, stage.Marks);
        Assert.AreEqual(measuredSparse ? 2 : features, stage.CentredCount);

        float[] expected = new float[Rows * stage.Width];
        for (int row = 0; row < Rows; row++) stage.Apply(x.AsSpan(row * features, features), expected.AsSpan(row * stage.Width, stage.Width));
        foreach (int threads in new[] { 1, 3 })
        {
            Bits.AssertEqual(expected, Gather(network, dense, threads), $"dense, {threads} threads");
            Bits.AssertEqual(expected, Gather(network, sparse, threads), $"sparse, {threads} threads");
        }

        float[] scores = network.Predict(x), y = new float[network.Outputs];
        for (int row = 0; row < Rows; row++)
        {
            int[] stored = [.. Enumerable.Range(0, features).Where(i => x[row * features + i] != 0)];
            network.Predict(stored, [.. stored.Select(i => x[row * features + i])], y);
            Bits.AssertEqual(scores.AsSpan(row * y.Length, y.Length), y, $"scores of row {row}");
        }
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(40)]
    public void Bytes_give_the_bits_of_numbers(int features)
    {
        byte[] bytes = [.. Enumerable.Range(0, Rows * features).Select(i => (byte)(i * (i + 3) % 251 * 37 % 251))];
        DenseExamples dense = new(Array.ConvertAll(bytes, value => (float)value), features, new float[Rows]);
        ByteExamples packed = new(bytes, features, new float[Rows]);
        InputStage stage = InputStageRules.Measure(dense), ofBytes = InputStageRules.Measure(packed);
        for (int i = 0; i < features; i++) Assert.AreEqual(stage[i], ofBytes[i]);

        // Plain where there are many features of one range, bounded in a table.
        Assert.AreEqual(features >= 16, stage.IsPlain);
        Network network = CreateNetwork(stage);
        Bits.AssertEqual(Gather(network, dense, threads: 1), Gather(network, packed, threads: 1), "inputs");
    }

    /// <summary>Most values are zero, but for two features: of those some are missing.</summary>
    private static float[] Create(int features)
    {
        float[] x = SparseSamples.Create(Rows, features, density: 0.3, seed: features);
        for (int row = 0; row < Rows; row++)
        {
            x[row * features + 1] = row % 7 == 3 ? float.NaN : 2 + row % 3;
            x[row * features + 4] = row % 5 == 3 ? float.NaN : 1 + row % 9 / 8f;
        }

        return x;
    }

    private static Network CreateNetwork(InputStage stage)
    {
        var network = Network.Create(stage.Features, [20], 3);
        network.SetInputStage(stage);
        network.Initialize(WeightInitializer.HeNormal, seed: 1);
        for (int input = 0; input < stage.Width; input++) stage.SetGain(input, 1 + input % 3 / 4f);
        return network;
    }

    private static float[] Gather(Network network, ExampleSet rows, int threads)
    {
        using var workspace = rows.CreateWorkspace(network, Rows, threads);
        rows.Gather([.. Enumerable.Range(0, Rows)], network.InputStage, workspace);
        return SparseSamples.ToDense(workspace.Batch);
    }

    private static double Bounded(double z) => z / Math.Sqrt(1 + z * z / 64);

    private static void AssertInputs(InputStage stage, float[] row, double[] expected)
    {
        var inputs = new float[stage.Width];
        stage.Apply(row, inputs);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], inputs[i], 1e-5, $"input {i}");
    }
}
