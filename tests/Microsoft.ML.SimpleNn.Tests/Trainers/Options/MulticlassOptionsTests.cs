using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What <see cref="OptionTable"/> does not show: parts of options, options that do not go together, arguments, copying.</summary>
[TestClass]
public sealed class MulticlassOptionsTests
{
    private static void AssertRefused(string message, string option, Action<SimpleNnMulticlassTrainer.Options> change)
    {
        var options = new SimpleNnMulticlassTrainer.Options();
        change(options);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().MulticlassClassification.Trainers.SimpleNn(options));
        Assert.AreEqual($"{message} (Parameter '{option}')", error.Message);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-5)]
    public void Hidden_layer_without_units(int units) => AssertRefused(
        $"HiddenLayers[1] is {units}: it must be 1 unit or more; leave the layer out of the array to have none.", "HiddenLayers[1]", o => o.HiddenLayers = [16, units, 8]);

    [TestMethod]
    public void Too_many_hidden_layers() => AssertRefused(
        "HiddenLayers is an array of 1001: it must have at most 1000 layers; one to three are usual.", "HiddenLayers", o => o.HiddenLayers = Enumerable.Repeat(1, 1001).ToArray());

    [TestMethod]
    public void What_does_not_go_with_full_batches()
    {
        const string Why = "which compares the loss from step to step; take another optimizer for it.";
        AssertRefused($"InputDropout is 0.5: it must be 0 with LbfgsOptimizer, {Why}", "InputDropout", o => (o.Optimizer, o.InputDropout) = (new LbfgsOptimizer(), 0.5f));
        AssertRefused($"Dropout is 0.5: it must be 0 with LbfgsOptimizer, {Why}", "Dropout", o => (o.Optimizer, o.Dropout) = (new LbfgsOptimizer(), 0.5f));
        AssertRefused($"MaximumGradientNorm is 2: it must be null with LbfgsOptimizer, {Why}", "MaximumGradientNorm", o => (o.Optimizer, o.MaximumGradientNorm) = (new LbfgsOptimizer(), 2f));
        AssertRefused($"MaximumWeightNorm is 3: it must be null with LbfgsOptimizer, {Why}", "MaximumWeightNorm", o => (o.Optimizer, o.MaximumWeightNorm) = (new LbfgsOptimizer(), 3f));
        AssertRefused("KeepOptimizerState is true: it must be false with LbfgsOptimizer, which begins each run afresh; take another optimizer for it.", "KeepOptimizerState",
            o => (o.Optimizer, o.KeepOptimizerState) = (new LbfgsOptimizer(), true));
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(-0.1f)]
    [DataRow(float.NaN)]
    public void Learning_rate_of_the_common_arguments(float rate)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MLContext().MulticlassClassification.Trainers.SimpleNn(learningRate: rate));
        Assert.Contains("LearningRate", error.Message);
    }

    [TestMethod]
    public void No_options()
    {
        SimpleNnMulticlassTrainer.Options? none = null;
        Assert.ThrowsExactly<ArgumentNullException>(() => new MLContext().MulticlassClassification.Trainers.SimpleNn(none!));
    }

    [TestMethod]
    public void Smallest_values_in_range_are_taken()
    {
        var ml = new MLContext(1);
        var options = BlobTask.Options();
        (options.HiddenLayers, options.NumberOfEpochs, options.BatchSize, options.Patience, options.MinimumImprovement, options.NumberOfThreads) = ([1], 1, 1, 1, 0, 1);
        (options.L1Regularization, options.L2Regularization, options.InputDropout, options.Dropout) = (0, 0, 0, 0);
        (options.MaximumGradientNorm, options.MaximumWeightNorm) = (float.Epsilon, float.Epsilon);

        Assert.HasCount(1, BlobTask.Train(ml, Blob.Rows(30), options).TrainingHistory.Epochs);
    }

    [TestMethod]
    public void Options_changed_after_the_trainer_was_made_do_not_reach_it()
    {
        var ml = new MLContext(1);
        var options = BlobTask.Options();
        var trainer = ml.MulticlassClassification.Trainers.SimpleNn(options);
        options.HiddenLayers![0] = 3;
        options.NumberOfEpochs = 1;
        var model = trainer.Fit(BlobTask.Keyed(ml, Blob.Rows(30))).Model;

        Assert.AreEqual(8, model.Network.Layers[0].Outputs);
        Assert.HasCount(15, model.TrainingHistory.Epochs);
    }
}
