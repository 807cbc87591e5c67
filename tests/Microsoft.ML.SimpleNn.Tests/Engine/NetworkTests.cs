using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class NetworkTests
{
    [TestMethod]
    public void Layers_that_do_not_fit_each_other_are_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new Network(new DenseLayer(3, 4), new DenseLayer(5, 2)));
        Assert.Contains("Layer 1 has 5 inputs, but layer 0 has 4 outputs.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => new Network());
        Assert.Contains("A network needs at least one layer.", error.Message);
    }

    [TestMethod]
    public void Create_makes_hidden_layers_with_the_activation_and_a_last_one_without()
    {
        var network = Network.Create(3, [4, 5], 2, Activation.Tanh);

        CollectionAssert.AreEqual(
            new[] { (3, 4, Activation.Tanh), (4, 5, Activation.Tanh), (5, 2, Activation.Identity) },
            network.Layers.Select(layer => (layer.Inputs, layer.Outputs, layer.Activation)).ToArray());
        Assert.AreEqual(4 * 4 + 5 * 5 + 6 * 2, network.ParameterCount);
    }

    [TestMethod]
    public void A_clone_shares_nothing()
    {
        Network network = Sample(), clone = network.Clone();
        float[] before = clone.Layers[1].GetWeights();
        network.Layers[1].SetWeights(new float[before.Length]);

        CollectionAssert.AreEqual(before, clone.Layers[1].GetWeights());
        Assert.IsTrue(before.Any(weight => weight != 0));
    }

    [TestMethod]
    public void Predict_gives_the_outputs_of_the_formulas_for_any_number_of_rows()
    {
        Network network = Sample();
        float[] x = Samples.Create(300 * network.Inputs, seed: 1);
        double[] expected = new DoubleNetwork(network).Forward(x);
        foreach (int rows in new[] { 1, 2, 15, 16, 17, 127, 128, 129, 255, 300 })
        {
            var y = new float[rows * network.Outputs];
            network.Predict(x.AsSpan(0, rows * network.Inputs), rows, y);
            RelativeDifference.AssertWithin(1e-5, expected[..y.Length], y, $"{rows} rows");
        }
    }

    [TestMethod]
    public void Predict_gives_the_bits_of_Forward()
    {
        Network network = Sample();
        float[] x = Samples.Create(200 * network.Inputs, seed: 2);
        using var workspace = new Workspace(network, 200, threads: 3);
        workspace.Batch.Set(x);
        network.Forward(workspace);

        Bits.AssertEqual(workspace.GetOutputs(2), Predict(network, x), "outputs");
    }

    [TestMethod]
    public void Predict_from_many_threads_at_once_gives_the_bits_of_one()
    {
        Network network = Sample();
        float[] x = Samples.Create(300 * network.Inputs, seed: 3);
        float[] expected = Predict(network, x);

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int rows = 1 + i * 7 % 300;
            Bits.AssertEqual(expected.AsSpan(0, rows * network.Outputs), Predict(network, x[..(rows * network.Inputs)]), $"call {i}");
        });
    }

    [TestMethod]
    public void Predict_of_a_batch_large_enough_for_all_cores_gives_the_bits_of_each_row()
    {
        var network = Network.Create(70, [300, 200], 5);
        network.Initialize(null, seed: 1);
        float[] x = Samples.Create(150 * network.Inputs, seed: 7);
        float[] byRow = [.. x.Chunk(network.Inputs).SelectMany(row => Predict(network, row))];

        Parallel.For(0, 20, _ => Bits.AssertEqual(byRow, Predict(network, x), "outputs"));
    }

    [TestMethod]
    public void Predict_of_rows_in_quick_succession_gives_the_bits_of_their_batch()
    {
        var network = Network.Create(600, [700, 200], 5);
        network.Initialize(null, seed: 1);
        float[] x = Samples.Create(20 * network.Inputs, seed: 8);
        float[] batch = Predict(network, x);

        for (int i = 0; i < 10; i++)
        {
            float[] rows = [.. x.Chunk(network.Inputs).SelectMany(row => Predict(network, row))];
            Bits.AssertEqual(batch, rows, $"pass {i}");
        }
    }

    [TestMethod]
    [DoNotParallelize] // another test could have the team while this one warms up, and the first loop on the team is compiled while this one counts
    public void Predict_allocates_nothing()
    {
        var network = Network.Create(70, [300, 200], 5);
        float[] x = new float[300 * network.Inputs], y = new float[300 * network.Outputs];
        int[] indices = [1, 30];
        Predict();
        // The runtime may allocate once, for a method that it compiles anew; what a prediction allocates would be there in every round.
        Assert.AreEqual(0, Enumerable.Range(0, 3).Min(_ => AllocatedByTen()));

        long AllocatedByTen()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++) Predict();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Predict()
        {
            network.Predict(x.AsSpan(0, network.Inputs), 1, y.AsSpan(0, network.Outputs));
            network.Predict(indices, x.AsSpan(0, 2), y.AsSpan(0, network.Outputs));
            network.Predict(x, 300, y);
        }
    }

    [TestMethod]
    public void Predict_of_a_sparse_row_gives_the_bits_of_the_whole_row()
    {
        Network network = Sample();
        foreach (double density in new[] { 0, 0.1, 0.5, 1 })
        {
            float[] x = SparseSamples.Create(1, network.Inputs, density, seed: 5), y = new float[network.Outputs];
            int[] indices = [.. Enumerable.Range(0, network.Inputs).Where(i => x[i] != 0)];
            network.Predict(indices, Array.ConvertAll(indices, i => x[i]), y);
            Bits.AssertEqual(Predict(network, x), y, $"density {density}");
        }
    }

    [TestMethod]
    public void Predict_of_a_sparse_row_refuses_what_is_no_row_of_the_network()
    {
        Refuses("There are 1 values, but 2 indices.", [0, 1], [1], 3);
        Refuses("Row 1 (counted from 1) has the index 13, which is not one of 13 features, 0 to 12.", [0, 13], [1, 1], 3);
        Refuses("Row 1 (counted from 1) has the index -1, which is not one of 13 features, 0 to 12.", [-1], [1], 3);
        Refuses("do not ascend: 4 follows 4.", [4, 4], [1, 1], 3);
        Refuses("The network has 3 outputs, but there is room for 2.", [4], [1], 2);

        static void Refuses(string message, int[] indices, float[] values, int outputs) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => Sample().Predict(indices, values, new float[outputs])).Message);
    }

    [TestMethod]
    public void Predict_of_no_rows_gives_nothing()
    {
        Assert.IsEmpty(Predict(Sample(), []));
    }

    [TestMethod]
    public void Predict_refuses_values_that_are_not_the_rows_said()
    {
        Network network = Sample();

        var error = Assert.ThrowsExactly<ArgumentException>(() => network.Predict(new float[25], 2, new float[6]));
        Assert.Contains("2 rows of 13 features are 26 values, but 25 were given.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => network.Predict(new float[26], 2, new float[5]));
        Assert.Contains("2 rows of 3 outputs are 6 values, but there is room for 5.", error.Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => network.Predict([], -1, []));
    }

    [TestMethod]
    public void A_workspace_of_another_network_is_refused()
    {
        Network network = Sample(), other = Network.Create(13, [500], 3);
        using var workspace = new Workspace(network, 1);

        Assert.AreEqual("The workspace was made for another network.", Assert.ThrowsExactly<ArgumentException>(() => other.Forward(workspace)).Message);
        Assert.AreEqual("The workspace was made for another network.", Assert.ThrowsExactly<ArgumentException>(() => other.Backward(workspace)).Message);
    }

    [TestMethod]
    public void A_minibatch_that_does_not_fit_is_refused()
    {
        using var workspace = new Workspace(Sample(), 2, targetsPerRow: 3);

        var error = Assert.ThrowsExactly<ArgumentException>(() => workspace.Batch.Set(new float[39]));
        Assert.Contains("1 to 2 rows of 13 features were expected, but there are 39 values.", error.Message);
        Assert.ThrowsExactly<ArgumentException>(() => workspace.Batch.Set(new float[14]));
        Assert.ThrowsExactly<ArgumentException>(() => workspace.Batch.Set([]));
        error = Assert.ThrowsExactly<ArgumentException>(() => workspace.Batch.Set(new float[26], new float[2]));
        Assert.Contains("2 rows of 3 targets were expected, but there are 2 values.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => workspace.Batch.Set(new float[26], new float[6], new float[1]));
        Assert.Contains("2 weights were expected, but there are 1.", error.Message);
    }

    [TestMethod]
    public void A_minibatch_larger_than_an_array_is_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Workspace(Network.Create(50_000, [4], 3), 100_000));
        Assert.Contains("A minibatch of 100000 rows, with up to 50000 values a row, is larger than an array can be: take fewer rows.", error.Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Workspace(Sample(), int.MaxValue));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Workspace(Sample(), 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Workspace(Sample(), 1, threads: 0));
    }

    [TestMethod]
    public void The_workspace_s_threads_do_not_change_a_bit_of_the_gradients()
    {
        float[]? expected = null;
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            Network network = Sample();
            using var workspace = new Workspace(network, 150, threads);
            workspace.Batch.Set(Samples.Create(150 * network.Inputs, seed: 4), [.. Enumerable.Range(0, 150).Select(row => row % 3f)]);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            network.Backward(workspace);
            float[] gradients = [.. Enumerable.Range(0, 3).SelectMany(layer => workspace.GetWeightGradient(layer).Concat(workspace.GetBiasGradient(layer)))];
            expected ??= gradients;
            Bits.AssertEqual(expected, gradients, $"{threads} threads");
        }
    }

    private static Network Sample()
    {
        var network = new Network(new DenseLayer(13, 101, Activation.GELU), new DenseLayer(101, 50, Activation.SELU), new DenseLayer(50, 3));
        network.Initialize(null, seed: 7);
        return network;
    }

    private static float[] Predict(Network network, float[] x)
    {
        int rows = x.Length / network.Inputs;
        var y = new float[rows * network.Outputs];
        network.Predict(x, rows, y);
        return y;
    }
}
