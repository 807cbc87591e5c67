namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Networks that are copied, cut, put in another order, written, and given stages.</summary>
[TestClass]
public sealed class NetworkPartsTests
{
    [TestMethod]
    public void The_first_layers_share_the_weights_and_the_input_stage_and_leave_the_output_stage()
    {
        Network network = Create();
        Network encoder = network.Take(1);

        Assert.HasCount(1, encoder.Layers);
        Assert.AreSame(network.Layers[0], encoder.Layers[0]);
        Assert.AreSame(network.InputStage, encoder.InputStage);
        Assert.IsNull(encoder.OutputStage);
    }

    [TestMethod]
    public void A_clone_has_gains_and_stages_of_its_own()
    {
        Network network = Create(), clone = network.Clone();
        float[] x = [1, 2], before = clone.Predict(x);
        network.InputStage!.SetGain(0, 5);
        network.Layers[0].SetBiases(new float[3]);

        CollectionAssert.AreEqual(before, clone.Predict(x));
        Assert.AreEqual(3f, clone.InputStage!.Gain.Span[1], "the gain that was there");
        Assert.AreSame(network.OutputStage, clone.OutputStage);
    }

    [TestMethod]
    public void Outputs_in_another_order_take_their_part_of_the_output_stage_along()
    {
        Network network = Create();
        float[] y = network.Predict([1, 2]), ordered = network.WithOutputs([1, 0]).Predict([1, 2]);

        CollectionAssert.AreEqual(new[] { y[1], y[0] }, ordered);
        Assert.AreNotEqual(y[0], y[1]);
    }

    [TestMethod]
    public void What_is_written_of_a_network_is_its_weights_and_gains()
    {
        Network network = Create(), other = Create();
        network.InputStage!.SetGain(0, 7);
        network.Layers[1].SetBiases([4, 5]);
        using StateReader reader = Resumed.Written(network.Transfer);
        other.Transfer(reader);

        CollectionAssert.AreEqual(network.Predict([1, 2]), other.Predict([1, 2]));
        Assert.AreEqual(7f, other.InputStage!.Gain.Span[0]);
    }

    [TestMethod]
    public void A_stage_with_more_inputs_than_features_makes_the_first_layer_wider_and_its_weights_zero()
    {
        Network network = Network.Create(2, [3], 1);
        network.Initialize(null, seed: 1);
        float[] weights = network.Layers[0].GetWeights();
        network.SetInputStage(new InputStage([Column(hasMark: false), Column(hasMark: false)], sparse: false, inputsPerRow: 2));
        CollectionAssert.AreEqual(weights, network.Layers[0].GetWeights(), "as wide as before");

        network.SetInputStage(new InputStage([Column(hasMark: false), Column(hasMark: true)], sparse: false, inputsPerRow: 2));
        Assert.AreEqual((2, 3, 3), (network.Inputs, network.Layers[0].Inputs, network.Layers[0].Outputs));
        Assert.IsTrue(network.Layers[0].GetWeights().All(weight => weight == 0));
        Assert.AreEqual(4 * 3 + 4, network.ParameterCount);
        Assert.HasCount(1, network.Predict([1, 2]));
    }

    [TestMethod]
    public void A_stage_of_another_number_of_features_is_refused() =>
        Assert.AreEqual(
            "The stage takes 1 features, but the network 2.",
            Assert.ThrowsExactly<ArgumentException>(
                () => Network.Create(2, [], 1).SetInputStage(new InputStage([Column(false)], sparse: false, inputsPerRow: 1))).Message);

    [TestMethod]
    public void Without_the_output_stage_a_network_gives_what_its_last_layer_does()
    {
        Network network = Create();
        float[] with = network.Predict([1, 2]), without = new float[2];
        network.Predict([1f, 2], 1, without, withOutputStage: false);

        for (int i = 0; i < 2; i++) Assert.AreEqual(network.OutputStage!.Scale[i] * without[i] + network.OutputStage.Offset[i], with[i], 1e-5);
    }

    [TestMethod]
    public void What_is_not_there_is_refused_by_its_name()
    {
        Network network = Network.Create(2, [], 1);

        Assert.AreEqual("layers", Assert.ThrowsExactly<ArgumentNullException>(() => new Network(null!)).ParamName);
        Assert.AreEqual("workspace", Assert.ThrowsExactly<ArgumentNullException>(() => network.Forward(null!)).ParamName);
        Assert.AreEqual("workspace", Assert.ThrowsExactly<ArgumentNullException>(() => network.Backward(null!)).ParamName);
        Assert.AreEqual("network", Assert.ThrowsExactly<ArgumentNullException>(() => new Workspace(null!, 1)).ParamName);
        Assert.AreEqual("targetsPerRow", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Workspace(network, 1, targetsPerRow: 0)).ParamName);
    }

    [TestMethod]
    public void A_workspace_takes_the_kind_of_rows_that_it_was_made_for()
    {
        Network network = Network.Create(2, [], 1);
        DenseExamples dense = new([1, 2], 2, [0]);
        SparseExamples sparse = new([0, 1], [1], [5], 2, [0]);
        using Workspace forDense = dense.CreateWorkspace(network, 1, threads: 1), forSparse = sparse.CreateWorkspace(network, 1, threads: 1);
        using Workspace both = sparse.CreateWorkspace(network, 1, threads: 1, dense), others = dense.CreateWorkspace(network, 1, threads: 1, sparse);

        Assert.AreEqual("The workspace was made for dense rows.",
            Assert.ThrowsExactly<InvalidOperationException>(() => sparse.Gather([0], null, forDense)).Message);
        Assert.AreEqual("The workspace was made for sparse rows.",
            Assert.ThrowsExactly<InvalidOperationException>(() => dense.Gather([0], null, forSparse)).Message);
        foreach (Workspace workspace in new[] { both, others })
        {
            sparse.Gather([0], null, workspace);
            Assert.IsNotNull(workspace.Batch.Sparse);
            dense.Gather([0], null, workspace);
            Assert.IsNull(workspace.Batch.Sparse);
        }
    }

    private static InputColumn Column(bool hasMark) => new(ColumnKind.Number, 1, 0.5f, 2, 0, hasMark);

    private static Network Create()
    {
        Network network = Network.Create(2, [3], 2, Activation.Tanh);
        network.SetInputStage(new InputStage([Column(false), Column(false)], sparse: false, inputsPerRow: 2));
        network.Initialize(null, seed: 1);
        network.InputStage!.SetGain(1, 3);
        network.OutputStage = new OutputStage([2, 10], [1, -1]);
        return network;
    }
}
