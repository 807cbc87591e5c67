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

        network.OutputStage = scaling.ToOutputStage();
        Assert.AreEqual((10.0, 20.0), (network.OutputStage.Scale[0], network.OutputStage.Offset[0])); // deviation 10, mean 20
        Assert.AreEqual(85f, network.Predict([3f])[0]); // 10 (2 * 3 + 0.5) + 20
    }

    /// <summary>Networks of earlier versions give targets as they are: 20 x + 25 is then 10 z + 20 with z = 2 x + 0.5.</summary>
    [TestMethod]
    public void A_layer_that_gives_the_unit_of_the_targets_becomes_one_that_gives_standardised_ones()
    {
        TargetScaling scaling = TargetScaling.Measure(new DenseExamples([0, 0], 1, [10, 30]), TargetUnit.Standardised)!;
        var layer = new DenseLayer(1, 1);
        layer.SetWeights([20]);
        layer.SetBiases([25]);

        scaling.UnfoldFrom(layer);
        Assert.AreEqual(2, layer.GetWeights()[0], 1e-6);
        Assert.AreEqual(0.5, layer.GetBiases()[0], 1e-6);
    }

    [TestMethod]
    public void A_scaling_is_told_from_the_stage_that_reverses_it()
    {
        var examples = new DenseExamples([0, 0, 0], 1, [10, 1, 30, 5, 20, 6]);
        foreach (TargetUnit unit in new[] { TargetUnit.Standardised, TargetUnit.DividedByMean })
        {
            TargetScaling scaling = TargetScaling.Measure(examples, unit)!, again = TargetScaling.Of(scaling.ToOutputStage(), unit, new DenseExamples([0], 1, [7, 8]))!;
            float[] expected = [17, 3], actual = [17, 3];
            scaling.Apply(expected);
            again.Apply(actual);
            for (int i = 0; i < 2; i++) Assert.AreEqual(expected[i], actual[i], 1e-6f, $"{unit}, target {i}");
        }
    }

    [TestMethod]
    public void Rates_are_divided_by_their_mean()
    {
        TargetScaling scaling = TargetScaling.Measure(new DenseExamples([0, 0], 1, [100, 300]), TargetUnit.DividedByMean)!;
        float[] target = [400];
        scaling.Apply(target);
        float[] output = [1];
        scaling.ToOutputStage().Apply(output);

        Assert.AreEqual(2, target[0], 1e-6);
        Assert.AreEqual(1 + Math.Log(200), output[0], 1e-5);
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

    [TestMethod]
    public void Rates_below_the_smallest_number_that_e_to_the_output_can_be_are_refused()
    {
        var rows = new DenseExamples([1, 2], 1, [1e-39f, 3e-39f]);
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(Network.Create(1, [], 1), rows, null, new TrainingOptions
        {
            Loss = Loss.Poisson,
            Optimizer = new AdamOptimizer(),
            NormalizeTargets = true,
            NumberOfEpochs = 1,
        }));

        StringAssert.StartsWith(error.Message, "The mean of target 0 is 2");
        StringAssert.Contains(error.Message, "but e^output, the prediction, can be no smaller than 1.2E-38: give the targets in another unit, in which they are larger.");
    }
}
