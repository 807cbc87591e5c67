namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class DropoutMasksTests
{
    private const int Units = 500;

    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Units)];

    [TestMethod]
    public void The_first_layer_has_the_rate_of_the_inputs_and_every_other_that_of_hidden_units()
    {
        var masks = new DropoutMasks(0.2f, 0.5f, seed: 1);

        Assert.AreEqual((0.2f, 0.5f), (masks.InputRate, masks.HiddenRate));
        Assert.AreEqual((0.2f, 0.5f, 0.5f), (masks.RateAt(0), masks.RateAt(1), masks.RateAt(2)));
    }

    [TestMethod]
    public void Rates_from_0_up_to_1_are_taken_and_others_refused_by_their_name()
    {
        Assert.AreEqual((0f, MathF.BitDecrement(1)), (new DropoutMasks(0, 0, 1).InputRate, new DropoutMasks(0, MathF.BitDecrement(1), 1).HiddenRate));
        foreach (float rate in new[] { -float.Epsilon, 1, 2, float.NaN })
        {
            Assert.StartsWith("inputRate must be from 0 up to, but not including, 1.",
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DropoutMasks(rate, 0, 1)).Message);
            Assert.StartsWith("hiddenRate must be from 0 up to, but not including, 1.",
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DropoutMasks(0, rate, 1)).Message);
        }
    }

    [TestMethod]
    public void What_is_left_of_an_input_is_multiplied_by_what_its_chance_is_divided_by()
    {
        Network network = PassOn(layers: 1);
        using var workspace = new Workspace(network, 1);
        workspace.Batch.Set(Ones);
        AssertDropped(Forward(workspace, network, 0.2f, 0.9f), 0.2, 1.25f);
    }

    [TestMethod]
    public void Hidden_units_are_dropped_between_the_layers()
    {
        Network network = PassOn(layers: 3);
        using var workspace = new Workspace(network, 1);
        workspace.Batch.Set(Ones);
        AssertDropped(Forward(workspace, network, 0, 0.2f), 1 - 0.8 * 0.8, 1.25f * 1.25f);
    }

    [TestMethod]
    public void Of_sparse_rows_the_values_are_dropped_and_with_them_their_gradients()
    {
        Network network = PassOn(layers: 1);
        var rows = new SparseExamples([0, Units], [.. Enumerable.Range(0, Units)], Ones, Units, new float[Units]);
        using var workspace = rows.CreateWorkspace(network, 1, threads: 1);
        rows.Gather([0], inputs: null, workspace);
        Assert.AreEqual(Units + 1, workspace.Batch.Columns!.Count, "with the biases; they have been looked at before anything is dropped");
        float[] outputs = Forward(workspace, network, 0.2f, 0);
        AssertDropped(outputs, 0.2, 1.25f);

        // delta = 2 y / outputs: the gradient of the weight from an input to its own unit is delta times what is left of the input.
        Loss.SquaredError.Evaluate(workspace);
        network.Backward(workspace);
        float[] gradient = workspace.GetWeightGradient(0);
        for (int i = 0; i < Units; i++) Assert.AreEqual(2 * outputs[i] * outputs[i] / Units, gradient[i * Units + i], 1e-6, $"unit {i}");
    }

    private static float[] Forward(Workspace workspace, Network network, float inputRate, float hiddenRate)
    {
        network.Forward(workspace, new DropoutMasks(inputRate, hiddenRate, seed: 1), step: 0);
        return workspace.GetOutputs(network.Layers.Count - 1);
    }

    private static void AssertDropped(float[] outputs, double share, float left)
    {
        Assert.IsTrue(outputs.All(y => y == 0 || Math.Abs(y - left) < 1e-6f));
        Assert.AreEqual(share, outputs.Count(y => y == 0) / (double)Units, 5 * Math.Sqrt(share * (1 - share) / Units)); // five standard errors
    }

    /// <summary>Layers that give what they are given.</summary>
    private static Network PassOn(int layers)
    {
        float[] identity = new float[Units * Units];
        for (int i = 0; i < Units; i++) identity[i * Units + i] = 1;
        var network = new Network([.. Enumerable.Range(0, layers).Select(_ => new DenseLayer(Units, Units))]);
        foreach (DenseLayer layer in network.Layers) layer.SetWeights(identity);
        return network;
    }
}
