using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Clipping, penalty and the limit on norms, on gradients and weights that the test gives.</summary>
[TestClass]
public sealed class GradientChangesTests
{
    private static readonly WeightPenalty Penalty = new() { L1 = 2, L2 = 3 };

    [TestMethod]
    public void A_gradient_of_many_pieces_and_layers_is_clipped_to_the_norm_of_all()
    {
        // The first layer is larger than the last by several pieces of 4,096 numbers.
        Network network = Network.Create(300, [70], 2);
        using var workspace = new Workspace(network, 1);
        double squares = 0;
        for (int layer = 0; layer < 2; layer++)
        {
            Samples.Create(workspace.GradientOf(layer).Span.Length, seed: layer).CopyTo(workspace.GradientOf(layer).Span);
            foreach (float value in workspace.GradientOf(layer).Span) squares += (double)value * value;
        }

        float before = workspace.GradientOf(1).Span[0];
        new GradientClipping(0.5f, network).Apply(workspace);
        double clipped = 0;
        for (int layer = 0; layer < 2; layer++)
        {
            foreach (float value in workspace.GradientOf(layer).Span) clipped += (double)value * value;
        }

        Assert.AreEqual(0.5, Math.Sqrt(clipped), 1e-5);
        Assert.AreEqual(before * 0.5 / Math.Sqrt(squares), workspace.GradientOf(1).Span[0], 1e-6);
    }

    [TestMethod]
    public void A_penalty_adds_its_slope_to_the_weights_of_every_layer()
    {
        Network network = Create();
        using var workspace = new Workspace(network, 1);
        Penalty.AddGradient(network, workspace, scale: 0.5f);

        // (2 sign w + 3 w) / 2.
        AssertClose([0.5 * (2 + 3), 0.5 * (-2 - 6), 0, 0.5 * (2 + 1.5)], workspace.GetWeightGradient(0));
        AssertClose([0, 0], workspace.GetBiasGradient(0));
        AssertClose([0.5 * (2 + 12), 0.5 * (-2 - 15)], workspace.GetWeightGradient(1));
    }

    [TestMethod]
    public void In_double_precision_the_slopes_are_added_to_what_is_there()
    {
        Network network = Create();
        double[] slopes = new double[network.Layers.Sum(layer => layer.Parameters.Length)];
        Array.Fill(slopes, 100);
        Penalty.AddGradient(network, slopes, scale: 0.5);
        int second = network.Layers[0].Parameters.Length;
        double At(int layer, int input, int output) => slopes[(layer == 0 ? 0 : second) + network.Layers[layer].Layout.IndexOf(input, output)];

        CollectionAssert.AreEqual(new[] { 102.5, 96, 100, 101.75 }, new[] { At(0, 0, 0), At(0, 1, 0), At(0, 0, 1), At(0, 1, 1) });
        CollectionAssert.AreEqual(new[] { 107, 91.5 }, new[] { At(1, 0, 0), At(1, 1, 0) });
        Assert.AreEqual((100.0, 100.0), (At(0, 2, 0), At(1, 2, 0)), "biases");
        Assert.AreEqual(2 * (1 + 2 + 0.5 + 4 + 5) + 1.5 * (1 + 4 + 0.25 + 16 + 25), Penalty.ValueOf(network), 1e-12);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Of_sparse_rows_the_features_that_occur_have_their_slope(bool includesBiases)
    {
        // Features 1 and 3 of 5 occur; weights are 10 for feature 0, 11 for the next, and so on; biases 2.
        Network network = Network.Create(5, [], 1);
        network.Layers[0].SetWeights([10, 11, 12, 13, 14]);
        network.Layers[0].SetBiases([2]);
        var examples = new SparseExamples([0, 2], [1, 3], [1, 1], 5, [0]);
        using var workspace = examples.CreateWorkspace(network, 1, threads: 1);
        var optimizer = new SgdOptimizer();
        OptimizerState state = optimizer.CreateState(network, sparse: true);
        examples.Gather([0], inputs: null, workspace);
        state.CatchUp(workspace);
        network.Forward(workspace);
        network.Backward(workspace); // the deltas are 0
        new WeightPenalty { L1 = 2, L2 = 3, IncludesBiases = includesBiases }.AddGradient(network, workspace, scale: 0.5f);

        AssertClose([0, 0.5 * (2 + 33), 0, 0.5 * (2 + 39), 0], workspace.GetWeightGradient(0));
        AssertClose([includesBiases ? 0.5 * (2 + 6) : 0], workspace.GetBiasGradient(0));
    }

    [TestMethod]
    public void Of_sparse_rows_the_first_layer_has_no_limit()
    {
        Network network = Create();
        var examples = new SparseExamples([0, 1], [1], [1], 2, [0]);
        using var workspace = examples.CreateWorkspace(network, 1, threads: 1);
        examples.Gather([0], inputs: null, workspace);
        WeightNormLimit.Apply(1, network, workspace);
        CollectionAssert.AreEqual(new[] { 1, -2, 0, 0.5f }, network.Layers[0].GetWeights());
        AssertClose([4 / Math.Sqrt(41), -5 / Math.Sqrt(41)], network.Layers[1].GetWeights());

        using var dense = new Workspace(network, 1);
        dense.Batch.Set([1, 1]);
        WeightNormLimit.Apply(1, network, dense);
        AssertClose([1 / Math.Sqrt(5), -2 / Math.Sqrt(5), 0, 0.5], network.Layers[0].GetWeights());
    }

    [TestMethod]
    public void A_penalty_needs_a_network_and_its_own_workspace()
    {
        Network network = Create(), other = Create();
        using var workspace = new Workspace(other, 1);

        Assert.AreEqual("network", Assert.ThrowsExactly<ArgumentNullException>(() => Penalty.AddGradient(null!, workspace)).ParamName);
        Assert.AreEqual("workspace", Assert.ThrowsExactly<ArgumentNullException>(() => Penalty.AddGradient(network, null!)).ParamName);
        Assert.AreEqual("The workspace was made for another network.",
            Assert.ThrowsExactly<ArgumentException>(() => Penalty.AddGradient(network, workspace)).Message);
    }

    private static Network Create()
    {
        var network = new Network(new DenseLayer(2, 2), new DenseLayer(2, 1));
        network.Layers[0].SetWeights([1, -2, 0, 0.5f]);
        network.Layers[0].SetBiases([7, 8]);
        network.Layers[1].SetWeights([4, -5]);
        network.Layers[1].SetBiases([9]);
        return network;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5, $"value {i}");
    }
}
