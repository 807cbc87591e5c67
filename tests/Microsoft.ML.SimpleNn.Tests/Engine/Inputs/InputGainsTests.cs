using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Gains of the input stage learn by the derivative of the loss, and all parts of the network at their rates.</summary>
[TestClass]
public sealed class InputGainsTests
{
    private const int Rows = 24, Features = 9;
    private const float Rate = 0.01f;

    public static IEnumerable<object[]> Runs =>
        from sparse in new[] { false, true }
        from hidden in new[] { 20, 100 } // one panel of outputs, and three
        from threads in new[] { 1, 3 }
        select new object[] { sparse, hidden, threads };

    [TestMethod]
    [DynamicData(nameof(Runs))]
    public void A_step_of_a_gain_is_six_times_the_rate_times_the_derivative_of_the_loss(bool sparse, int hidden, int threads)
    {
        (Network network, ExampleSet rows, float[] x, float[] classes) = Create(sparse, hidden);
        InputStage stage = network.InputStage!;
        float[] gains = [.. Enumerable.Range(0, stage.Width).Select(i => 0.5f + i % 4 / 3f)];
        for (int i = 0; i < stage.Width; i++) stage.SetGain(i, gains[i]);
        double[] expected = [.. Enumerable.Range(0, stage.Width).Select(i => gains[i] - 6 * Rate * Derivative(network, i, x, classes))];

        Step(network, rows, new SgdOptimizer { LearningRate = Rate, Parametrization = Parametrization.NeuralTangent }, sparse, threads, inOne: true);
        double largest = expected.Select((gain, i) => Math.Abs(gain - gains[i])).Max();
        Assert.IsGreaterThan(1e-3, largest, "something to see");
        for (int i = 0; i < stage.Width; i++) Assert.AreEqual(expected[i], stage.Gain.Span[i], 2e-4 * largest, $"input {i}");
    }

    [TestMethod]
    [DynamicData(nameof(Runs))]
    public void A_step_within_backpropagation_gives_the_bits_of_a_step_from_stored_gradients(bool sparse, int hidden, int threads)
    {
        foreach (Optimizer optimizer in new Optimizer[]
        {
            new SgdOptimizer { LearningRate = Rate, Momentum = 0.9f, Parametrization = Parametrization.NeuralTangent },
            new AdamWOptimizer { LearningRate = Rate, WeightDecay = 0.1f, Parametrization = Parametrization.NeuralTangent },
        })
        {
            float[] Run(bool inOne, int ofThreads)
            {
                (Network network, ExampleSet rows, _, _) = Create(sparse, hidden);
                Step(network, rows, optimizer, sparse, ofThreads, inOne, steps: 5);
                return [.. network.AllWeights(), .. network.InputStage!.Gain.Span[..network.InputStage.Width]];
            }

            Bits.AssertEqual(Run(inOne: false, 1), Run(inOne: true, threads), $"{optimizer.GetType().Name}");
        }
    }

    /// <summary>Adam's first step has the size of the rate, whatever the gradient, where that is far above epsilon.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_first_step_of_Adam_has_the_size_of_each_part_s_rate(bool sparse)
    {
        foreach (Parametrization parametrization in Enum.GetValues<Parametrization>())
        {
            (Network network, ExampleSet rows, float[] x, _) = Create(sparse, hidden: 20);
            InputStage stage = network.InputStage!;
            float[][] before = Parts(network);
            float[][] gradients = Step(network, rows, new AdamOptimizer { LearningRate = Rate, Epsilon = 1e-12f, Parametrization = parametrization }, sparse, threads: 1, inOne: false);
            float[][] after = Parts(network);

            bool isTangent = parametrization == Parametrization.NeuralTangent;
            double perRow = sparse ? ValuesPerRow(x) : Features;
            double[] rates = isTangent ? [1 / Math.Sqrt(perRow), 0.1, 1 / Math.Sqrt(20), 0.1] : [1, 1, 1, 1];
            for (int part = 0; part < 4; part++)
            {
                int moved = 0;
                for (int i = 0; i < before[part].Length; i++)
                {
                    if (Math.Abs(gradients[part][i]) < 1e-6) continue;
                    Assert.AreEqual(-Math.Sign(gradients[part][i]) * rates[part] * Rate, after[part][i] - before[part][i], 1e-6, $"{parametrization}, part {part}, {i}");
                    moved++;
                }

                Assert.IsGreaterThan(before[part].Length / 2, moved);
            }

            for (int i = 0; i < stage.Width; i++)
                Assert.AreEqual(isTangent ? 6 * Rate : 0, Math.Abs(stage.Gain.Span[i] - 1), 1e-6, $"gain {i}");
        }
    }

    [TestMethod]
    public void Weights_are_drawn_with_the_variance_of_their_inputs_and_the_last_layer_is_zero()
    {
        var network = Network.Create(50, [400, 300], 7);
        network.InitializeNeuralTangent(seed: 3);

        foreach ((int layer, double variance) in new[] { (0, 1 / 50.0), (1, 1 / 400.0) })
        {
            Assert.AreEqual(variance, network.Layers[layer].GetWeights().Average(w => (double)w * w), 0.05 * variance, $"layer {layer}");
            Assert.AreEqual(1, network.Layers[layer].GetBiases().Average(b => (double)b * b), 0.25, $"biases of layer {layer}");
            Assert.AreEqual(0, network.Layers[layer].GetBiases().Average(), 0.2, $"biases of layer {layer}");
        }

        Assert.IsTrue(network.Layers[2].GetWeights().Concat(network.Layers[2].GetBiases()).All(w => w == 0));
    }

    private static double ValuesPerRow(float[] x) => x.Count(value => value != 0 && !float.IsNaN(value)) / (double)Rows;

    private static float[][] Parts(Network network) => [.. network.Layers.SelectMany(layer => new[] { layer.GetWeights(), layer.GetBiases() })];

    /// <summary>By differences of the loss in double precision.</summary>
    private static double Derivative(Network network, int input, float[] x, float[] classes)
    {
        const float Difference = 1f / 256;
        InputStage stage = network.InputStage!;
        float gain = stage.Gain.Span[input];
        double LossWith(float value)
        {
            stage.SetGain(input, value);
            return DoubleLoss.Mean(Loss.SoftmaxCrossEntropy, new DoubleNetwork(network).Forward(x), classes, [.. classes.Select(_ => 1f)]);
        }

        double slope = (LossWith(gain + Difference) - LossWith(gain - Difference)) / (2 * Difference);
        stage.SetGain(input, gain);
        return slope;
    }

    /// <summary>Two columns that most rows have, of which one misses some values; the others are mostly zero.</summary>
    private static (Network Network, ExampleSet Rows, float[] X, float[] Classes) Create(bool sparse, int hidden)
    {
        float[] x = SparseSamples.Create(Rows, Features, density: 0.4, seed: 5), classes = [.. Enumerable.Range(0, Rows).Select(row => row * row % 7 % 3f)];
        for (int row = 0; row < Rows; row++)
        {
            x[row * Features + 2] = row % 5 == 1 ? float.NaN : 10 + row % 4;
            x[row * Features + 6] = 1000 + row * row;
        }

        ExampleSet rows = sparse ? SparseSamples.ToExamples(x, Features, classes) : new DenseExamples(x, Features, classes);
        var network = Network.Create(Features, [hidden], 3, Activation.Tanh);
        network.SetInputStage(InputStageRules.Measure(rows));
        network.Initialize(WeightInitializer.GlorotNormal, seed: 2);
        return (network, rows, x, classes);
    }

    /// <summary>Steps on all rows; gives the last one's gradients, where they are stored.</summary>
    private static float[][] Step(Network network, ExampleSet rows, Optimizer optimizer, bool sparse, int threads, bool inOne, int steps = 1)
    {
        using var workspace = rows.CreateWorkspace(network, Rows, threads);
        OptimizerState state = optimizer.CreateState(network, sparse);
        float[][] gradients = [];
        for (int step = 0; step < steps; step++)
        {
            // Half of the rows from the second step on, so that sparse inputs miss steps.
            rows.Gather([.. Enumerable.Range(0, Rows).Where(row => step == 0 || row % 2 == step % 2)], network.InputStage, workspace);
            state.CatchUp(workspace);
            network.Forward(workspace);
            Loss.SoftmaxCrossEntropy.Evaluate(workspace);
            if (inOne)
            {
                optimizer.BackwardAndStep(network, workspace, state);
                continue;
            }

            network.Backward(workspace);
            gradients = [workspace.GetWeightGradient(0), workspace.GetBiasGradient(0), workspace.GetWeightGradient(1), workspace.GetBiasGradient(1)];
            optimizer.Step(network, workspace, state);
        }

        state.CatchUpAll(workspace.Team);
        return gradients;
    }
}
