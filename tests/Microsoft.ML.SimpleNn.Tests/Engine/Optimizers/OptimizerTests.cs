using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class OptimizerTests
{
    private static readonly Optimizer[] Optimizers =
    [
        new SgdOptimizer(), new SgdOptimizer { Momentum = 0.9f }, new AdamOptimizer(), new AdamOptimizer { AmsGrad = true }, new AdamWOptimizer(),
        new AdaGradOptimizer(), new RmsPropOptimizer(), new AdaDeltaOptimizer(),
    ];

    [TestMethod]
    public void The_step_counter_advances_once_per_step_however_many_layers_there_are()
    {
        foreach (Optimizer optimizer in Optimizers)
        {
            var network = Network.Create(3, [4, 5, 6], 2);
            using var workspace = new Workspace(network, 1);
            OptimizerState state = optimizer.CreateState(network);
            Assert.AreEqual(0, state.StepCount);
            for (int step = 1; step <= 3; step++)
            {
                optimizer.Step(network, workspace, state);
                Assert.AreEqual(step, state.StepCount);
            }
        }
    }

    [TestMethod]
    public void Every_layer_gets_the_same_correction_for_the_first_steps()
    {
        // With a steady gradient Adam's every step is the learning rate, in every layer: a counter that ran on from layer to layer would show.
        var network = Network.Create(2, [3, 4], 2);
        using var workspace = new Workspace(network, 1);
        var optimizer = new AdamOptimizer { LearningRate = 0.01f };
        OptimizerState state = optimizer.CreateState(network);
        for (int step = 1; step <= 5; step++)
        {
            for (int layer = 0; layer < network.Layers.Count; layer++) workspace.GradientOf(layer).Span.Fill(0.3f);
            optimizer.Step(network, workspace, state);
            foreach (float weight in network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases())))
                Assert.AreEqual(-0.01 * step, weight, 1e-6);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_step_within_backpropagation_gives_the_bits_of_a_step_from_stored_gradients(int threads)
    {
        // Hidden layers wider than a panel, and than the eight panels of a block; a minibatch of more rows than a block.
        var rows = new SampleRows(1100, featureCount: 70);
        foreach (Optimizer optimizer in Optimizers)
        {
            Network stored = Network.Create(rows.FeatureCount, [100, 401], 3), inPlace = Network.Create(rows.FeatureCount, [100, 401], 3);
            stored.Initialize(initializer: null, seed: 1);
            inPlace.Initialize(initializer: null, seed: 1);
            using Workspace workspace = new(stored, 1100), otherWorkspace = new(inPlace, 1100, threads);
            OptimizerState state = optimizer.CreateState(stored), otherState = optimizer.CreateState(inPlace);
            for (int step = 0; step < 2; step++)
            {
                Prepare(stored, workspace, rows);
                stored.Backward(workspace);
                optimizer.Step(stored, workspace, state);

                Prepare(inPlace, otherWorkspace, rows);
                optimizer.BackwardAndStep(inPlace, otherWorkspace, otherState);
            }

            for (int layer = 0; layer < stored.Layers.Count; layer++)
                Bits.AssertEqual(stored.Layers[layer].Parameters.Span, inPlace.Layers[layer].Parameters.Span, $"{optimizer.GetType().Name}, layer {layer}");
            Assert.AreEqual(2, otherState.StepCount);
        }

        static void Prepare(Network network, Workspace workspace, SampleRows rows)
        {
            workspace.Batch.Set(rows.Features, rows.Classes);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
        }
    }

    [TestMethod]
    public void A_schedule_s_factor_multiplies_the_learning_rate()
    {
        using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.1f });
        weight.Step(0.5f, learningRateFactor: 0.25f);

        Assert.AreEqual(1 - 0.1 * 0.25 * 0.5, weight.Value, 2e-7);
    }

    [TestMethod]
    public void The_state_of_another_network_or_kind_of_optimizer_is_refused()
    {
        Network network = Network.Create(3, [4], 2), larger = Network.Create(3, [400], 2);
        using Workspace workspace = new(network, 1), largerWorkspace = new(larger, 1);
        var optimizer = new AdamOptimizer();

        var error = Assert.ThrowsExactly<ArgumentException>(() => optimizer.Step(larger, largerWorkspace, optimizer.CreateState(network)));
        Assert.AreEqual("The optimizer's state was made for another network.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => optimizer.Step(larger, workspace, optimizer.CreateState(larger)));
        Assert.AreEqual("The workspace was made for another network.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => optimizer.Step(network, workspace, new SgdOptimizer().CreateState(network)));
        Assert.AreEqual("The optimizer is of the kind Adam and remembers 2 numbers for each weight, but the state was made for Sgd with 0: use the CreateState of this optimizer.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => optimizer.Step(network, workspace, new AdaDeltaOptimizer().CreateState(network)));
        Assert.Contains("the state was made for AdaDelta with 2", error.Message);
    }
}
