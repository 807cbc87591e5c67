namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The network that a run leaves is the one that its validation saw.</summary>
[TestClass]
public sealed class FinishedNetworkTests
{
    /// <summary>Features whose mean is two million deviations: folded into weights they would be lost.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Numbers_far_from_zero_are_predicted_as_validation_saw_them(bool cycles)
    {
        float[] x = [.. Enumerable.Range(0, 400).Select(i => 16e6f + i * 7 % 31)], y = [.. x.Select((value, i) => 40 * MathF.Sin((value - 16e6f) / 5) + i % 3)];
        ExampleSet all = new DenseExamples(x, 1, y), training = all.Subset([.. Enumerable.Range(0, 300)]), validation = all.Subset([.. Enumerable.Range(300, 100)]);
        var network = Network.Create(1, [30], 1, Activation.Tanh);
        TrainingHistory history = TrainingLoop.Run(network, training, validation, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new AdamOptimizer { LearningRate = 0.05f, Parametrization = cycles ? Parametrization.NeuralTangent : Parametrization.Standard },
            LearningRateSchedule = cycles ? LearningRateSchedule.WarmRestarts() : LearningRateSchedule.Constant,
            NumberOfEpochs = 28,
            BatchSize = 32,
            NormalizeTargets = true,
            NumberOfThreads = 1,
        });

        double mean = y[..300].Average(value => (double)value), deviation = Math.Sqrt(y[..300].Average(value => (value - mean) * (value - mean)));
        float[] predicted = network.Predict(x[300..]);
        double rmse = Math.Sqrt(predicted.Select((value, i) => Math.Pow((double)value - y[300 + i], 2)).Average());
        double expected = deviation * Math.Sqrt(history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value);
        Assert.AreEqual(expected, rmse, 1e-5 * expected);
        Assert.IsLessThan(0.9 * deviation, rmse, "something is learned");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Calibrated_probabilities_have_the_loss_that_validation_saw(bool smoothed)
    {
        SampleRows training = new(300, noise: 3), validation = new(200, noise: 3, seed: 2);
        var network = Network.Create(5, [40], 3);
        TrainingHistory history = TrainingLoop.Run(network, training.ToExamples(), validation.ToExamples(), new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer { LearningRate = 0.01f },
            NumberOfEpochs = 8,
            BatchSize = 50,
            LabelSmoothing = smoothed ? 0.3f : 0,
            Calibrate = true,
            NumberOfThreads = 1,
        });

        EpochMetrics best = history.Epochs[history.BestEpoch - 1];
        float[] probabilities = network.Predict(validation.Features);
        Loss.SoftmaxCrossEntropy.ToPrediction(probabilities, 200, 3);
        double loss = validation.Classes.Select((label, row) => -Math.Log(probabilities[3 * row + (int)label])).Average();
        Assert.AreEqual(best.ValidationLoss!.Value, loss, 1e-5);
        Assert.AreEqual(best.ValidationLoss.Value, validation.LossOf(network), 1e-5);

        // It is no other factor that the finished network has, and the best one.
        Assert.IsTrue(network.OutputStage!.Scale.All(factor => factor == best.Factor));
        Assert.AreNotEqual(1, best.Factor);
        foreach (double other in new[] { 0.98, 1.02 })
        {
            network.OutputStage = OutputStage.OfFactor(other * best.Factor, 3);
            Assert.IsGreaterThan(best.ValidationLoss.Value, validation.LossOf(network), $"{other}");
        }
    }

    [TestMethod]
    public void Outputs_that_nobody_calibrates_stay_as_they_are()
    {
        var network = Network.Create(5, [], 3);
        TrainingLoop.Run(network, new SampleRows(40).ToExamples(), new SampleRows(40, seed: 2).ToExamples(), new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, NumberOfEpochs = 2, NumberOfThreads = 1 });

        Assert.IsNull(network.OutputStage);
    }
}
