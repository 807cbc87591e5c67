namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Options that do not go together, and what is said of a training that diverged.</summary>
[TestClass]
public sealed class TrainingChecksTests
{
    [TestMethod]
    public void L_BFGS_takes_no_smoothed_labels() => Refuses(
        "L-BFGS compares the loss from step to step and begins each run afresh, so that LabelSmoothing does not go with it: leave that out, or take another optimizer.",
        Network.Create(5, [4], 3), new SampleRows(30).ToExamples(),
        new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy, Optimizer = new LbfgsOptimizer(), LabelSmoothing = 0.1f });

    [TestMethod]
    public void An_autoencoder_s_targets_are_not_standardised_twice() => Refuses(
        "The targets of an autoencoder are its features, which NormalizeFeatures standardises on both sides: leave NormalizeTargets false.",
        Network.Create(5, [4], 5), new DenseExamples(new SampleRows(30).Features, 5, targets: null),
        new TrainingOptions { Loss = Loss.SquaredError, NormalizeTargets = true });

    [TestMethod]
    public void What_is_not_there_is_refused_by_its_name()
    {
        var network = Network.Create(5, [4], 3);
        DenseExamples rows = new SampleRows(30).ToExamples();
        var options = new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy };

        Assert.AreEqual("network", Assert.ThrowsExactly<ArgumentNullException>(() => TrainingLoop.Run(null!, rows, null, options)).ParamName);
        Assert.AreEqual("training", Assert.ThrowsExactly<ArgumentNullException>(() => TrainingLoop.Run(network, null!, null, options)).ParamName);
        Assert.AreEqual("options", Assert.ThrowsExactly<ArgumentNullException>(() => TrainingLoop.Run(network, rows, null, null!)).ParamName);
    }

    [TestMethod]
    public void A_divergence_is_told_with_its_place_or_as_one_before_the_first_step()
    {
        Assert.AreEqual(
            "Training diverged: the loss was NaN in epoch 2, minibatch 7. Try a smaller learning rate than 0.5, keep NormalizeFeatures on, and look for extreme values in the features.",
            new TrainingDivergedException(epoch: 2, batch: 7, double.NaN, 0.5f).Message);
        Assert.AreEqual(
            "The loss was Infinity before the first step, so that no learning rate is to blame: the labels, or the features, are too large for single precision. "
            + "Leave NormalizeLabel (in the engine, NormalizeTargets) and NormalizeFeatures on, or bring labels and features to a smaller unit.",
            new TrainingDivergedException(epoch: 1, batch: 0, double.PositiveInfinity, 0.5f).Message);
        Assert.AreEqual(
            "No epoch of 3 gave usable weights: the validation loss was NaN after the last. Look for extreme values, or values that are not numbers, in the features of the validation rows.",
            new TrainingDivergedException(epochs: 3, validationLoss: double.NaN).Message);
    }

    private static void Refuses(string message, Network network, ExampleSet rows, TrainingOptions options)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(network, rows, null, options));
        Assert.StartsWith(message, error.Message);
        Assert.AreEqual("options", error.ParamName);
    }
}
