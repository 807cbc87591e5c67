using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>What a layer is given at the end of an epoch is up to date, and taking it changes nothing of the training.</summary>
[TestClass]
public sealed class UpToDateWeightsTests
{
    private const int Features = 30;
    private const int Steps = 60;

    public static IEnumerable<object[]> Optimizers =>
    [
        [new SgdOptimizer { Momentum = 0.9f }],
        [new AdamWOptimizer { WeightDecay = 0.1f }],
        [new AdamWOptimizer { AmsGrad = true, WeightDecay = 0.1f }],
        [new RmsPropOptimizer()],
    ];

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Reading_the_weights_at_every_step_leaves_the_same_bits(Optimizer optimizer) =>
        Bits.AssertEqual(Train(optimizer, readsWeights: false), Train(optimizer, readsWeights: true), "weights");

    private static float[] Train(Optimizer optimizer, bool readsWeights)
    {
        var network = Network.Create(Features, [5], 2);
        network.Initialize(WeightInitializer.GlorotNormal, seed: 1);
        float[] x = Samples.Create(Steps * Features, seed: 2), classes = [.. Enumerable.Range(0, Steps).Select(row => (float)(row % 2))];
        for (int i = 0; i < x.Length; i++) if (i * 7 % 11 > 1) x[i] = 0; // a feature misses several steps, and then occurs again
        SparseExamples rows = SparseSamples.ToExamples(x, Features, classes);
        using var workspace = rows.CreateWorkspace(network, 1, threads: 1);
        OptimizerState state = optimizer.CreateState(network, sparse: true), copy = optimizer.CreateState(network);
        for (int step = 0; step < Steps; step++)
        {
            rows.Gather([step], inputs: null, workspace);
            state.CatchUp(workspace);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            network.Backward(workspace);
            optimizer.Step(network, workspace, state);
            if (!readsWeights) continue;
            state.CatchUpAll(workspace.Team);
            copy.CopyFrom(state);
        }

        state.CatchUpAll(workspace.Team);
        return network.Layers[0].GetWeights();
    }
}
