namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>How held-out rows are judged: their mean loss, its standard error, and what part is right, by hand.</summary>
[TestClass]
public sealed class ValidationTests
{
    [TestMethod]
    public void Loss_and_standard_error_are_those_of_the_weighted_rows_in_minibatches_of_any_size()
    {
        // The network gives 0: the losses are the squares of the targets, 1, 4, 9 and 16, with weights 1, 1, 2 and 4, which are divided by their mean of 2.
        var rows = new DenseExamples([0, 0, 0, 0], 1, [1, 2, 3, 4], [1, 1, 2, 4]);
        double mean = (0.5 * 1 + 0.5 * 4 + 1 * 9 + 2 * 16) / 4;
        double error = Math.Sqrt(0.25 * Square(1 - mean) + 0.25 * Square(4 - mean) + Square(9 - mean) + 4 * Square(16 - mean)) / 4;
        foreach (int batchSize in new[] { 1, 3, 4 })
        {
            Judgement judged = Judge(new Network(new DenseLayer(1, 1)), rows, batchSize, new TrainingOptions { Loss = Loss.SquaredError });

            Assert.AreEqual(mean, judged.Loss, 1e-5);
            Assert.AreEqual(error, judged.StandardError, 1e-5);
            Assert.AreEqual((null, 1.0), (judged.Accuracy, judged.Factor));
        }

        static double Square(double x) => x * x;
    }

    [TestMethod]
    public void Accuracy_is_the_weight_of_the_rows_that_are_right()
    {
        // Outputs x and 0: class 0 where x is positive. Right are the rows 1 and 3 of weights 1 and 4, of 8 in all.
        var network = new Network(new DenseLayer(1, 2));
        network.Layers[0].SetWeights([1, 0]);
        Judgement judged = Judge(network, new DenseExamples([1, 2, -1, -2], 1, [0, 1, 1, 0], [1, 2, 4, 1]), 3,
            new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy });

        Assert.AreEqual(5 / 8.0, judged.Accuracy!.Value, 1e-6);
        Assert.AreEqual(1, judged.Factor);
    }

    [TestMethod]
    public void Calibrated_the_rows_are_judged_by_the_outputs_times_the_best_factor()
    {
        // Logits 2, of which three in four are right: the best logit is log 3, so that the factor is log 3 / 2, and the loss the entropy of 1/4.
        var network = new Network(new DenseLayer(1, 1));
        network.Layers[0].SetBiases([2]);
        var rows = new DenseExamples([0, 0, 0, 0], 1, [1, 1, 1, 0]);
        Judgement judged = Judge(network, rows, 3, new TrainingOptions { Loss = Loss.SigmoidCrossEntropy, Calibrate = true });

        Assert.AreEqual(Math.Log(3) / 2, judged.Factor, 1e-5);
        Assert.AreEqual(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25)), judged.Loss, 1e-5);
        Assert.AreEqual(1, Judge(network, rows, 3, new TrainingOptions { Loss = Loss.SquaredError, Calibrate = true }).Factor, "numbers have no temperature");
    }

    [TestMethod]
    public void The_state_of_early_stopping_goes_on_from_a_checkpoint()
    {
        Network network = new(new DenseLayer(1, 1)), other = new(new DenseLayer(1, 1));
        var options = new TrainingOptions { Loss = Loss.SquaredError, Patience = 2, MinimumImprovement = 0.1 };
        EarlyStopping written = new(network, options), read = new(other, options);
        network.Layers[0].SetWeights([42]);
        Assert.IsTrue(written.Observe(3, new Judgement(5, StandardError: 0.5, Accuracy: null, Factor: 0.75)));
        Resumed.From(written, read);

        Assert.AreEqual((3, 0.75), (read.BestEpoch, read.BestFactor));
        Assert.AreEqual((false, true), (read.ShouldStop(4), read.ShouldStop(5)));
        Assert.IsFalse(read.Observe(4, new Judgement(5.6, 0, null, 1)), "more than the standard error above");
        Assert.IsTrue(read.Observe(5, new Judgement(5.5, 0, null, 1)), "within it");
        read.RestoreBest();
        Assert.AreEqual(0f, other.Layers[0].GetWeights()[0], "of epoch 5");
        Resumed.From(written, read);
        read.RestoreBest();
        Assert.AreEqual(42f, other.Layers[0].GetWeights()[0], "of epoch 3");
    }

    private static Judgement Judge(Network network, ExampleSet rows, int batchSize, TrainingOptions options)
    {
        using var workspace = rows.CreateWorkspace(network, batchSize, threads: 1, rows);
        return new Validation(network, rows, targetScaling: null, options).Judge(workspace);
    }
}
