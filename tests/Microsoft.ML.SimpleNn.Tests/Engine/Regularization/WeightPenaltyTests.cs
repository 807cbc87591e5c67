namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The penalty's gradient is the slope of its value, and a run applies it as scikit-learn's alpha means it.</summary>
[TestClass]
public sealed class WeightPenaltyTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_gradient_is_that_of_the_penalised_loss(bool includesBiases)
    {
        var penalty = new WeightPenalty { L1 = 0.03f, L2 = 0.2f, IncludesBiases = includesBiases };
        float[] x = Kernels.Samples.Create(6 * 4, seed: 1), targets = Kernels.Samples.Create(6 * 2, seed: 2), weights = [1, 1, 1, 1, 1, 1];
        Network network = Network.Create(4, [19], 2, Activation.Tanh);
        network.Initialize(null, seed: 1);
        network.Layers[0].SetBiases(Kernels.Samples.Create(19, seed: 3));
        using var workspace = new Workspace(network, 6, threads: 1, targetsPerRow: 2);
        workspace.Batch.Set(x, targets);
        network.Forward(workspace);
        Loss.SquaredError.Evaluate(workspace);
        network.Backward(workspace);
        penalty.AddGradient(network, workspace, scale: 0.5f);

        var reference = new DoubleNetwork(network);
        double Penalised() => DoubleLoss.Mean(Loss.SquaredError, reference.Forward(x), targets, weights) + 0.5 * (
            Penalty(reference.Weights) + (includesBiases ? Penalty(reference.Biases) : 0));
        for (int layer = 0; layer < 2; layer++)
        {
            RelativeDifference.AssertWithin(1e-5, GradientCheck.Slopes(Penalised, reference.Weights[layer]), workspace.GetWeightGradient(layer), $"layer {layer}, weights");
            RelativeDifference.AssertWithin(1e-5, GradientCheck.Slopes(Penalised, reference.Biases[layer]), workspace.GetBiasGradient(layer), $"layer {layer}, biases");
        }

        Assert.AreEqual(Penalty(reference.Weights) + (includesBiases ? Penalty(reference.Biases) : 0), penalty.ValueOf(network), 1e-6);
    }

    [TestMethod]
    public void A_step_of_a_run_takes_alpha_over_the_minibatch_s_rows_times_the_weight()
    {
        // One step of gradient descent with rate 0.1 over 30 rows: the weights differ by 0.1 alpha w / 30, the biases not at all.
        Network with = Train(l1: 0, l2: 6), without = Train(l1: 0, l2: 0), start = Train(l1: 0, l2: 0, learningRate: 1e-30f);
        AssertMoved(start, without, with, w => 0.1 * 6 * w / 30);
    }

    [TestMethod]
    public void L1_takes_alpha_over_the_rows_whatever_the_weight_s_size()
    {
        Network with = Train(l1: 6, l2: 0), without = Train(l1: 0, l2: 0), start = Train(l1: 0, l2: 0, learningRate: 1e-30f);
        AssertMoved(start, without, with, w => 0.1 * 6 * Math.Sign(w) / 30);
    }

    [TestMethod]
    public void The_reported_losses_do_not_contain_the_penalty()
    {
        Train(l1: 0, l2: 0, history: out TrainingHistory without);
        Train(l1: 100, l2: 100, history: out TrainingHistory with);

        Assert.AreEqual(without.Epochs[0].TrainingLoss, with.Epochs[0].TrainingLoss);
    }

    [TestMethod]
    public void Coefficients_out_of_range_are_refused()
    {
        foreach (float coefficient in new[] { -0.1f, float.NaN, float.PositiveInfinity })
        {
            Assert.Contains("L1 must be 0 or more, and finite.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new WeightPenalty { L1 = coefficient }).Message);
            Assert.Contains("L2 must be 0 or more, and finite.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new WeightPenalty { L2 = coefficient }).Message);
        }
    }

    private static void AssertMoved(Network start, Network without, Network with, Func<float, double> expected)
    {
        for (int layer = 0; layer < start.Layers.Count; layer++)
        {
            float[] w = start.Layers[layer].GetWeights(), plain = without.Layers[layer].GetWeights(), penalised = with.Layers[layer].GetWeights();
            for (int i = 0; i < w.Length; i++) Assert.AreEqual(expected(w[i]), (double)plain[i] - penalised[i], 2e-6, $"layer {layer}, weight {i}, {w[i]}");
            CollectionAssert.AreEqual(without.Layers[layer].GetBiases(), with.Layers[layer].GetBiases(), $"layer {layer}, biases");
        }
    }

    private static double Penalty(double[][] parameters) => parameters.SelectMany(values => values).Sum(w => 0.03f * Math.Abs(w) + 0.5 * 0.2f * w * w);

    private static Network Train(float l1, float l2, float learningRate = 0.1f) => Train(l1, l2, learningRate, out _);

    private static void Train(float l1, float l2, out TrainingHistory history) => Train(l1, l2, 0.1f, out history);

    private static Network Train(float l1, float l2, float learningRate, out TrainingHistory history)
    {
        Network network = Network.Create(5, [7], 3, Activation.Tanh);
        history = TrainingLoop.Run(network, new SampleRows(30).ToExamples(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new SgdOptimizer { LearningRate = learningRate },
            NumberOfEpochs = 1,
            BatchSize = 30,
            L1Regularization = l1,
            L2Regularization = l2,
            NormalizeFeatures = false,
            NumberOfThreads = 1,
        });
        return network;
    }
}
