using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Weights that miss hundreds of steps come out as if every step had touched them.</summary>
[TestClass]
public sealed class LazyUpdatesTests
{
    private const int Features = 40;
    private const int Rows = 4;
    private const int Steps = 700;
    private const int Outputs = 5;

    public static IEnumerable<object[]> Runs =>
        from optimizer in All.Keys
        from schedule in new[] { "constant", "cosine" }
        select new object[] { optimizer, schedule };

    private static readonly Dictionary<string, Optimizer> All = new()
    {
        ["SGD"] = new SgdOptimizer(),
        ["momentum"] = new SgdOptimizer { Momentum = 0.9f },
        ["strong momentum"] = new SgdOptimizer { Momentum = 0.995f, LearningRate = 0.001f },
        ["Nesterov"] = new SgdOptimizer { Momentum = 0.9f, Nesterov = true },
        ["Adam"] = new AdamOptimizer(),
        ["Adam, large epsilon"] = new AdamOptimizer { Epsilon = 1e-4f },
        ["Adam, short memory"] = new AdamOptimizer { Beta1 = 0.8f, Beta2 = 0.95f },
        ["Adam, beta1 above beta2"] = new AdamOptimizer { Beta1 = 0.9f, Beta2 = 0.5f },
        ["Adam, no memory of squares"] = new AdamOptimizer { Beta1 = 0.5f, Beta2 = 0 },
        ["Adam, no memory"] = new AdamOptimizer { Beta1 = 0, Beta2 = 0.9f },
        ["AMSGrad"] = new AdamOptimizer { AmsGrad = true },
        ["AdamW"] = new AdamWOptimizer { WeightDecay = 0.1f },
        ["AdamW, decay that leaves nothing"] = new AdamWOptimizer { LearningRate = 0.01f, WeightDecay = 100 },
        ["AdamW, AMSGrad"] = new AdamWOptimizer { AmsGrad = true, WeightDecay = 0.1f },
        ["AdaGrad"] = new AdaGradOptimizer(),
        ["RMSProp"] = new RmsPropOptimizer(),
        ["AdaDelta"] = new AdaDeltaOptimizer(),
    };

    /// <summary>
    /// The deltas are given by the test and not by a loss, so that no rounding can grow from step to step. The closed form rounds a weight once where
    /// steps that touch all round it 700 times: it must come as near to what nothing would have rounded.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Runs))]
    public void Weights_are_those_of_steps_in_double_precision_and_no_farther_from_them_than_by_steps_that_touch_all(string optimizer, string schedule)
    {
        DenseLayer lazy = Run(All[optimizer], schedule, sparse: true, out double[] exact), dense = Run(All[optimizer], schedule, sparse: false, out _);

        RelativeDifference.AssertWithin(1e-6, exact, lazy.GetWeights(), "weights");
        RelativeDifference.AssertNoFarther(exact, dense.GetWeights(), lazy.GetWeights(), "weights");
        // Weight decay rounds a weight at every step that touches it, which the closed form does not: the rest of the 2e-6 is the dense run's own error.
        RelativeDifference.AssertWithin(All[optimizer] is AdamWOptimizer ? 2e-6 : 1e-6, Array.ConvertAll(dense.GetWeights(), w => (double)w), lazy.GetWeights(), "weights of steps that touch all");
        Bits.AssertEqual(dense.GetBiases(), lazy.GetBiases(), "biases, which miss no step");
    }

    /// <summary>A feature's gradient is a tile of up to 1,008 outputs: a hidden layer that takes one, and one that takes two.</summary>
    [TestMethod]
    [DataRow(100, 1)]
    [DataRow(100, 3)]
    [DataRow(1100, 3)]
    public void A_step_within_backpropagation_gives_the_bits_of_a_step_from_stored_gradients(int hiddenUnits, int threads)
    {
        foreach ((string name, Optimizer optimizer) in All)
        {
            float[][] stored = FiveSteps(optimizer, hiddenUnits, threads: 1, storesGradients: true), inPlace = FiveSteps(optimizer, hiddenUnits, threads, storesGradients: false);

            Assert.HasCount(stored.Length, inPlace);
            for (int part = 0; part < stored.Length; part++) Bits.AssertEqual(stored[part], inPlace[part], $"{name}, part {part} of weights and slots");
        }
    }

    /// <summary>Five steps on sparse rows: the first layer's weights, and what the optimizer remembers for each.</summary>
    private static float[][] FiveSteps(Optimizer optimizer, int hiddenUnits, int threads, bool storesGradients)
    {
        const int ManyFeatures = 200, ManyRows = 40;
        var network = Network.Create(ManyFeatures, [hiddenUnits], 3);
        network.Initialize(null, seed: 1);
        SparseExamples examples = SparseSamples.ToExamples(
            SparseSamples.Create(5 * ManyRows, ManyFeatures, density: 0.05, seed: 2), ManyFeatures, [.. Enumerable.Range(0, 5 * ManyRows).Select(row => row % 3f)]);
        using var workspace = examples.CreateWorkspace(network, ManyRows, threads);
        OptimizerState state = optimizer.CreateState(network, sparse: true), copy = optimizer.CreateState(network);
        for (int step = 0; step < 5; step++)
        {
            examples.Gather([.. Enumerable.Range(step * ManyRows, ManyRows)], inputs: null, workspace);
            state.CatchUp(workspace);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            if (storesGradients)
            {
                network.Backward(workspace);
                optimizer.Step(network, workspace, state);
            }
            else
            {
                optimizer.BackwardAndStep(network, workspace, state);
            }
        }

        state.CatchUpAll(workspace.Team);
        copy.CopyFrom(state);
        return [network.Layers[0].Parameters.Span.ToArray(), .. copy.Slots(0).Select(slot => slot.Span.ToArray())];
    }

    private static DenseLayer Run(Optimizer optimizer, string schedule, bool sparse, out double[] exact)
    {
        var network = Network.Create(Features, [], Outputs);
        network.Initialize(WeightInitializer.GlorotNormal, seed: 1);
        float[] x = Draw(), targets = new float[Steps * Rows];
        ExampleSet examples = sparse ? SparseSamples.ToExamples(x, Features, targets) : new DenseExamples(x, Features, targets);
        using var workspace = examples.CreateWorkspace(network, Rows, threads: 1);
        OptimizerState state = optimizer.CreateState(network, sparse);
        exact = Array.ConvertAll(network.Layers[0].GetWeights(), w => (double)w);
        var exactOptimizer = new DoubleOptimizer(optimizer, exact.Length);
        LearningRateSchedule rates = schedule == "cosine" ? LearningRateSchedule.Cosine : LearningRateSchedule.Constant;
        for (int step = 0; step < Steps; step++)
        {
            examples.Gather([.. Enumerable.Range(step * Rows, Rows)], inputs: null, workspace);
            state.CatchUp(workspace);
            network.Forward(workspace);
            int stride = network.Layers[0].Layout.PaddedOutputs;
            Samples.Pad(Samples.Create(Rows * Outputs, seed: step), Outputs, stride, Rows, padding: 0).CopyTo(workspace.Deltas[0].Span);
            network.Backward(workspace);
            float factor = rates.Factor(new TrainingMoment(step, Steps, 1, []));
            exactOptimizer.Step(exact, Array.ConvertAll(workspace.GetWeightGradient(0), g => (double)g), factor);
            optimizer.Step(network, workspace, state, factor);
            if (step is 250 or 251) state.CatchUpAll(workspace.Team); // as at the end of an epoch
        }

        state.CatchUpAll(workspace.Team);
        return network.Layers[0];
    }

    /// <summary>Feature k occurs every few steps where k is small, and a few times in the run where k is large; some only once, early, and two never.</summary>
    private static float[] Draw()
    {
        var random = new Random(2);
        var x = new float[Steps * Rows * Features];
        for (int row = 0; row < Steps * Rows; row++)
        {
            for (int k = 0; k < Features - 2; k++)
            {
                bool occurs = k < 30 ? random.NextDouble() < 0.3 / (1 + k * k) : row / Rows == k - 29;
                if (occurs) x[row * Features + k] = (float)(0.5 + random.NextDouble());
            }
        }

        return x;
    }
}
