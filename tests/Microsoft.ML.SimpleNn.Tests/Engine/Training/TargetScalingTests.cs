namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class TargetScalingTests
{
    [TestMethod]
    public void Standardised_by_weighted_mean_and_deviation_of_the_known_targets()
    {
        // Target 1: 1 and 5 with weights 1 and 3: mean 4, variance (9 + 3) / 4 = 3. Target 2 is known in the first and the last row: 2 and 4.
        var examples = new DenseExamples([0, 0, 0], 1, [1, 2, 5, float.NaN, 4, 4], weights: [1, 3, 0]);
        float[] row = [4, 2];
        TargetScaling.Measure(examples, TargetUnit.Standardised)!.Apply(row);

        Assert.AreEqual(0, row[0], 1e-6);
        Assert.AreEqual(0, row[1], 1e-6, "the row of weight 0 counts for nothing, so the mean is 2, and the deviation of a constant 1");
        float[] next = [4 + MathF.Sqrt(3), 3];
        TargetScaling.Measure(examples, TargetUnit.Standardised)!.Apply(next);
        Assert.AreEqual(1, next[0], 1e-6);
        Assert.AreEqual(1, next[1], 1e-6);
    }

    [TestMethod]
    public void The_network_gives_the_unit_of_the_targets()
    {
        var examples = new DenseExamples([0, 0], 1, [10, 30]);
        TargetScaling scaling = TargetScaling.Measure(examples, TargetUnit.Standardised)!;
        var network = new Network(new DenseLayer(1, 1));
        network.Layers[0].SetWeights([2]);
        network.Layers[0].SetBiases([0.5f]);

        scaling.FoldInto(network.Layers[0]);
        Assert.AreEqual((20f, 25f), (network.Layers[0].GetWeights()[0], network.Layers[0].GetBiases()[0])); // mean 20, deviation 10
        scaling.UnfoldFrom(network.Layers[0]);
        Assert.AreEqual(2, network.Layers[0].GetWeights()[0], 1e-6);
        Assert.AreEqual(0.5, network.Layers[0].GetBiases()[0], 1e-6);
    }

    [TestMethod]
    public void Rates_are_divided_by_their_mean()
    {
        TargetScaling scaling = TargetScaling.Measure(new DenseExamples([0, 0], 1, [100, 300]), TargetUnit.DividedByMean)!;
        float[] target = [400];
        scaling.Apply(target);
        var layer = new DenseLayer(1, 1);
        layer.SetBiases([1]);
        scaling.FoldInto(layer);

        Assert.AreEqual(2, target[0], 1e-6);
        Assert.AreEqual(1 + Math.Log(200), layer.GetBiases()[0], 1e-5);
    }

    [TestMethod]
    public void The_unit_of_the_targets_does_not_matter()
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 400).Select(_ => 2 * random.NextSingle() - 1)];
        float[] small = [.. x.Select(value => MathF.Sin(3 * value))], large = [.. small.Select(value => 1e6f * value + 1e7f)];
        float Predict(float[] targets)
        {
            var network = Network.Create(1, [16], 1, Activation.Tanh);
            TrainingLoop.Run(network, new DenseExamples(x, 1, targets), null, new TrainingOptions { Loss = Loss.SquaredError, NumberOfEpochs = 20, BatchSize = 20, NormalizeTargets = true });
            float[] y = new float[1];
            network.Predict([0.4f], 1, y);
            return y[0];
        }

        Assert.AreEqual(Predict(small), (Predict(large) - 1e7f) / 1e6f, 1e-4);
    }

    [TestMethod]
    public void An_activation_after_the_last_layer_is_refused()
    {
        var network = new Network(new DenseLayer(1, 1, Activation.Tanh));
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(
            network, new DenseExamples([1], 1, [1]), null, new TrainingOptions { Loss = Loss.SquaredError, NormalizeTargets = true }));

        Assert.Contains("Targets can be standardised only where the last layer has no activation", error.Message);
    }
}
