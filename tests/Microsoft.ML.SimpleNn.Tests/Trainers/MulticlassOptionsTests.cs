using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Each option out of its range is refused when the trainer is made, in words that help.</summary>
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
    public void No_array_of_hidden_layers() => AssertRefused(
        "HiddenLayers is null: it must be an array of layer sizes; for a linear model give an empty one.", "HiddenLayers", o => o.HiddenLayers = null!);

    [TestMethod]
    public void Too_many_hidden_layers() => AssertRefused(
        "HiddenLayers is an array of 1001: it must have at most 1000 layers; one to three are usual.", "HiddenLayers", o => o.HiddenLayers = Enumerable.Repeat(1, 1001).ToArray());

    [TestMethod]
    public void Unknown_activation() => AssertRefused(
        "Activation is 99: it must be one of Identity, ReLU, LeakyReLU, ELU, SELU, GELU, SiLU, Sigmoid, Tanh, Softplus.", "Activation", o => o.Activation = (Activation)99);

    [TestMethod]
    public void No_optimizer() => AssertRefused(
        "Optimizer is null: it must be an optimizer, for example new AdamOptimizer().", "Optimizer", o => o.Optimizer = null!);

    [TestMethod]
    public void No_schedule() => AssertRefused(
        "LearningRateSchedule is null: it must be a schedule, for example LearningRateSchedule.Constant.", "LearningRateSchedule", o => o.LearningRateSchedule = null!);

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    public void No_epochs(int epochs) => AssertRefused(
        $"NumberOfEpochs is {epochs}: it must be 1 or more; with null it is chosen from the number of rows.", "NumberOfEpochs", o => o.NumberOfEpochs = epochs);

    [TestMethod]
    [DataRow(0)]
    [DataRow(-32)]
    public void Empty_batch(int rows) => AssertRefused(
        $"BatchSize is {rows}: it must be 1 row or more; with null it is chosen from the number of rows.", "BatchSize", o => o.BatchSize = rows);

    [TestMethod]
    [DataRow(-0.5f, "-0.5")]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void Negative_penalty(float penalty, string text)
    {
        AssertRefused($"L1Regularization is {text}: it must be a finite number, 0 or more; with 0 there is no penalty.", "L1Regularization", o => o.L1Regularization = penalty);
        AssertRefused($"L2Regularization is {text}: it must be a finite number, 0 or more; with 0 there is no penalty.", "L2Regularization", o => o.L2Regularization = penalty);
    }

    [TestMethod]
    [DataRow(-0.1f, "-0.1")]
    [DataRow(1f, "1")]
    [DataRow(float.NaN, "NaN")]
    public void Dropout_of_everything(float rate, string text)
    {
        AssertRefused($"InputDropout is {text}: it must be 0 or more and below 1; with 0 no feature is dropped.", "InputDropout", o => o.InputDropout = rate);
        AssertRefused($"Dropout is {text}: it must be 0 or more and below 1; with 0 no unit is dropped.", "Dropout", o => o.Dropout = rate);
    }

    [TestMethod]
    [DataRow(0f, "0")]
    [DataRow(-1f, "-1")]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void Norm_of_nothing(float norm, string text)
    {
        AssertRefused($"MaximumGradientNorm is {text}: it must be a finite number above 0; with null no gradient is clipped.", "MaximumGradientNorm", o => o.MaximumGradientNorm = norm);
        AssertRefused($"MaximumWeightNorm is {text}: it must be a finite number above 0; with null weights may have any size.", "MaximumWeightNorm", o => o.MaximumWeightNorm = norm);
    }

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
    [DataRow(0.0, "0")]
    [DataRow(-0.1, "-0.1")]
    [DataRow(1.0, "1")]
    [DataRow(double.NaN, "NaN")]
    [DataRow(double.PositiveInfinity, "Infinity")]
    public void Validation_fraction_of_none_or_all(double fraction, string text) => AssertRefused(
        $"ValidationFraction is {text}: it must be above 0 and below 1; to train on all rows set EarlyStopping to false.", "ValidationFraction", o => o.ValidationFraction = fraction);

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    public void No_patience(int epochs) => AssertRefused(
        $"Patience is {epochs}: it must be 1 epoch or more; to run all epochs set EarlyStopping to false.", "Patience", o => o.Patience = epochs);

    [TestMethod]
    [DataRow(-0.5, "-0.5")]
    [DataRow(double.NaN, "NaN")]
    [DataRow(double.PositiveInfinity, "Infinity")]
    public void Negative_improvement(double loss, string text) => AssertRefused(
        $"MinimumImprovement is {text}: it must be a finite number, 0 or more.", "MinimumImprovement", o => o.MinimumImprovement = loss);

    [TestMethod]
    [DataRow(0, "00:00:00")]
    [DataRow(-90, "-00:01:30")]
    public void No_time(int seconds, string text) => AssertRefused(
        $"TimeBudget is {text}: it must be above zero; with null the training takes as long as it takes.", "TimeBudget", o => o.TimeBudget = TimeSpan.FromSeconds(seconds));

    [TestMethod]
    [DataRow(0)]
    [DataRow(-2)]
    [DataRow(1025)]
    public void No_threads(int threads) => AssertRefused(
        $"NumberOfThreads is {threads}: it must be 1 to 1024; with null every logical processor is used.", "NumberOfThreads", o => o.NumberOfThreads = threads);

    [TestMethod]
    public void No_feature_column() => AssertRefused(
        "FeatureColumnName is empty: it must name the column of the features, for example \"Features\".", "FeatureColumnName", o => o.FeatureColumnName = "");

    [TestMethod]
    [DataRow(null, "null")]
    [DataRow("", "empty")]
    public void No_label_column(string? name, string text) => AssertRefused(
        $"LabelColumnName is {text}: it must name the column of the labels, for example \"Label\".", "LabelColumnName", o => o.LabelColumnName = name!);

    [TestMethod]
    [DataRow("")]
    [DataRow("  ")]
    public void Weight_column_without_a_name(string name) => AssertRefused(
        "ExampleWeightColumnName is empty: it must name the column of the example weights; with null all rows weigh alike.", "ExampleWeightColumnName", o => o.ExampleWeightColumnName = name);

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
        options.HiddenLayers[0] = 3;
        options.NumberOfEpochs = 1;
        var model = trainer.Fit(BlobTask.Keyed(ml, Blob.Rows(30))).Model;

        Assert.AreEqual(8, model.Network.Layers[0].Outputs);
        Assert.HasCount(15, model.TrainingHistory.Epochs);
    }
}
