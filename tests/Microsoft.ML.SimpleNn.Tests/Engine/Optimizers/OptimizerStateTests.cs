namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What an optimizer remembers, copied, put in another order, and written to a checkpoint.</summary>
[TestClass]
public sealed class OptimizerStateTests
{
    private static readonly AdamOptimizer Adam = new() { LearningRate = 0.01f, AmsGrad = true };

    [TestMethod]
    public void A_copy_goes_on_as_the_original_does()
    {
        Network network = Create(), other = Create();
        OptimizerState state = Adam.CreateState(network), copy = Adam.CreateState(other);
        Step(network, state, 3);
        other.CopyParametersFrom(network);
        copy.CopyFrom(state);
        Assert.AreEqual(3L, copy.StepCount);
        Step(network, state, 2);
        Step(other, copy, 2);

        CollectionAssert.AreEqual(network.AllWeights(), other.AllWeights());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_was_written_goes_on_as_the_original_does(bool sparse)
    {
        Network network = Create(), other = Create();
        OptimizerState state = Adam.CreateState(network, sparse), read = Adam.CreateState(other, sparse);
        Step(network, state, 3, sparse);
        state.CatchUpAll(null);
        other.CopyParametersFrom(network);
        using StateReader reader = Resumed.Written(transfer => state.Transfer(transfer, Adam));
        read.Transfer(reader, Adam);
        Assert.AreEqual(3L, read.StepCount);
        Step(network, state, 2, sparse);
        Step(other, read, 2, sparse);
        state.CatchUpAll(null);
        read.CatchUpAll(null);

        CollectionAssert.AreEqual(network.AllWeights(), other.AllWeights());
    }

    [TestMethod]
    public void In_another_order_of_the_outputs_only_the_last_layer_s_numbers_change_places()
    {
        Network network = Create();
        OptimizerState state = Adam.CreateState(network);
        Step(network, state, 2);
        OptimizerState ordered = state.WithOutputs(network.WithOutputs([2, 0, 1]), [2, 0, 1]);

        Assert.AreEqual((2L, 3, OptimizerKind.Adam), (ordered.StepCount, ordered.SlotCount, ordered.Kind));
        for (int slot = 0; slot < 3; slot++)
        {
            CollectionAssert.AreEqual(state.Slots(0)[slot].Span.ToArray(), ordered.Slots(0)[slot].Span.ToArray());
            DenseLayer before = state.SlotLayers(1).ElementAt(slot), after = ordered.SlotLayers(1).ElementAt(slot);
            float[] weights = before.GetWeights(), biases = before.GetBiases();
            CollectionAssert.AreEqual((float[])[.. weights[8..12], .. weights[..4], .. weights[4..8]], after.GetWeights());
            CollectionAssert.AreEqual((float[])[biases[2], biases[0], biases[1]], after.GetBiases());
            Assert.IsTrue(weights.Any(value => value != 0));
        }
    }

    [TestMethod]
    public void A_state_fits_optimizers_of_its_kind_that_remember_as_much()
    {
        OptimizerState state = new AdamOptimizer().CreateState(Create());

        Assert.IsTrue(state.Fits(new AdamWOptimizer()));
        Assert.IsFalse(state.Fits(new AdamOptimizer { AmsGrad = true }), "three numbers for each weight");
        Assert.IsFalse(state.Fits(new AdaDeltaOptimizer()), "two, but others");
        Assert.AreEqual((1, 0, 1, 1, 2, 2, 3, 0), (
            new SgdOptimizer { Momentum = 0.5f }.SlotCount, new SgdOptimizer().SlotCount, new AdaGradOptimizer().SlotCount, new RmsPropOptimizer().SlotCount,
            new AdaDeltaOptimizer().SlotCount, new AdamOptimizer().SlotCount, Adam.SlotCount, new LbfgsOptimizer().SlotCount));
    }

    [TestMethod]
    public void Gains_are_learned_where_there_are_inputs_to_scale_and_the_parametrization_has_them()
    {
        Network plain = Create(), staged = Create();
        staged.SetInputStage(new InputStage([.. Enumerable.Repeat(new InputColumn(ColumnKind.Number, 1, 0, 1, 0, false), 5)], sparse: false, inputsPerRow: 5));
        var tangent = new AdamOptimizer { Parametrization = Parametrization.NeuralTangent };

        Assert.IsNotNull(tangent.CreateState(staged).Gains);
        Assert.IsNull(tangent.CreateState(staged, sparse: false, learnsGains: false).Gains);
        Assert.IsNull(tangent.CreateState(plain).Gains);
        Assert.IsNull(new AdamOptimizer().CreateState(staged).Gains);
        OptimizerState fresh = tangent.CreateState(plain);
        plain.SetInputStage(staged.InputStage);
        fresh.Begin(plain, tangent, learnsGains: true);
        Assert.IsNotNull(fresh.Gains);
        fresh.Begin(plain, tangent, learnsGains: false);
        Assert.IsNull(fresh.Gains);
        Assert.ThrowsExactly<ArgumentException>(() => fresh.Begin(staged, tangent, learnsGains: true));
    }

    [TestMethod]
    public void Nothing_is_stepped_without_network_workspace_or_state()
    {
        Network network = Create();
        using var workspace = new Workspace(network, 1);
        OptimizerState state = Adam.CreateState(network);

        Assert.ThrowsExactly<ArgumentNullException>(() => Adam.CreateState(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => Adam.Step(null!, workspace, state));
        Assert.ThrowsExactly<ArgumentNullException>(() => Adam.Step(network, null!, state));
        Assert.ThrowsExactly<ArgumentNullException>(() => Adam.BackwardAndStep(network, workspace, null!));
        Assert.AreEqual(0L, state.StepCount);
    }

    private static Network Create()
    {
        Network network = Network.Create(5, [4], 3, Activation.Tanh);
        network.Initialize(null, seed: 1);
        return network;
    }

    private static void Step(Network network, OptimizerState state, int steps, bool sparse = false)
    {
        var rows = new SampleRows(6, noise: 3);
        float[] withZeros = [.. rows.Features.Select((x, i) => i % 3 == 0 ? 0 : x / 10)];
        ExampleSet examples = sparse ? Kernels.SparseSamples.ToExamples(withZeros, 5, rows.Classes) : rows.ToExamples();
        using var workspace = examples.CreateWorkspace(network, 2, threads: 1);
        for (int step = 0; step < steps; step++)
        {
            int first = (int)(state.StepCount % 3) * 2;
            examples.Gather([first, first + 1], inputs: null, workspace);
            state.CatchUp(workspace);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            Adam.BackwardAndStep(network, workspace, state);
        }
    }
}
