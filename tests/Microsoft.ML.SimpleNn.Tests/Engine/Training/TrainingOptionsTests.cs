namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Every option of the engine's training: what it may be, how it is refused, and that it changes the trained weights.</summary>
[TestClass]
public sealed class TrainingOptionsTests
{
    private static readonly SettingRow[] Rows =
    [
        new(typeof(TrainingOptions), "Loss") { Changed = Loss.AbsoluteError },
        new(typeof(TrainingOptions), "Optimizer") { Changed = new SgdOptimizer() },
        new(typeof(TrainingOptions), "LearningRateSchedule") { Changed = LearningRateSchedule.Cosine },
        SettingRow.For(OptionConstraints.NumberOfEpochs) with { Changed = 2 },
        SettingRow.For(OptionConstraints.BatchSize) with { Changed = 7 },
        SettingRow.For(OptionConstraints.L1Regularization) with { Changed = 1f },
        SettingRow.For(OptionConstraints.L2Regularization) with { Changed = 1f },
        SettingRow.For(OptionConstraints.InputDropout) with { Changed = 0.3f },
        SettingRow.For(OptionConstraints.Dropout) with { Changed = 0.3f },
        new(typeof(TrainingOptions), "ImageDistortion") { Accepted = [null], Given = [("ImageShape", new ImageShape(1, 5))], Changed = new ImageDistortion() },
        new(typeof(TrainingOptions), "ImageShape") { Accepted = [null, new ImageShape(1, 5)], Given = [("ImageDistortion", new ImageDistortion()), ("ImageShape", new ImageShape(1, 5))], Changed = new ImageShape(5, 1) },
        SettingRow.For(OptionConstraints.MaximumGradientNorm, mayBeNull: true) with { Changed = 1e-3f },
        SettingRow.For(OptionConstraints.MaximumWeightNorm, mayBeNull: true) with { Changed = 0.1f },
        new(typeof(TrainingOptions), "MonotoneDirections") { Accepted = [null], Changed = new[] { 1, -1, 0, 0, 0 } },
        new(typeof(TrainingOptions), "NormalizeFeatures") { Changed = false },
        new(typeof(TrainingOptions), "NormalizeTargets") { Changed = true },
        SettingRow.For(OptionConstraints.LabelSmoothing) with { Given = [("Loss", Loss.SigmoidCrossEntropy)], Changed = 0.1f },
        new(typeof(TrainingOptions), "Calibrate") { Accepted = [false, true], Given = [("Loss", Loss.SigmoidCrossEntropy), ("Patience", 1)], Changed = true },
        new(typeof(TrainingOptions), "WarmStart") { Changed = true },
        new(typeof(TrainingOptions), "Initializer") { Changed = WeightInitializer.HeNormal },
        new(typeof(TrainingOptions), "EarlyStopping") { Given = [("Patience", 1), ("MinimumImprovement", 1000.0)], Changed = false },
        SettingRow.For(OptionConstraints.Patience) with { Given = [("MinimumImprovement", 1000.0)], Changed = 1 },
        SettingRow.For(OptionConstraints.MinimumImprovement) with { Given = [("Patience", 1)], Changed = 1000.0 },
        SettingRow.For(OptionConstraints.TimeBudget, mayBeNull: true) with { Changed = TimeSpan.FromTicks(1) },
        new(typeof(TrainingOptions), "Seed") { Accepted = [int.MinValue, int.MaxValue], Changed = 1 },
        SettingRow.For(OptionConstraints.NumberOfThreads, mayBeNull: true) with { Changed = 3, WeightsStay = true },
        new(typeof(TrainingOptions), "Progress") { Changed = new Listener(epoch => epoch.Stop()) },
        new(typeof(TrainingOptions), "CancellationToken") { Changed = new CancellationToken(canceled: true) },
    ];

    public static IEnumerable<object[]> Options => Rows.Select(row => new object[] { row.Name });

    /// <summary>What <see cref="TrainingOptions.OptimizerState"/> does, <see cref="ContinuedTrainingTests"/> shows: it belongs to one network.</summary>
    [TestMethod]
    public void Every_option_has_a_row() =>
        CollectionAssert.AreEquivalent(SettingRow.Settings(typeof(TrainingOptions)).Where(name => name != "OptimizerState").ToArray(), Rows.Select(row => row.Name).ToArray());

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void The_ends_of_the_range_are_taken_and_what_is_beyond_is_refused(string option) => Row(option).AssertRange(Create);

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void The_option_changes_the_trained_weights(string option) => Row(option).AssertEffect(Create, Train);

    [TestMethod]
    public void Rates_of_dropout_masks_out_of_range_are_refused()
    {
        foreach (float rate in new[] { -0.1f, 1, float.NaN })
        {
            Assert.Contains($"inputRate must be from 0 up to, but not including, 1.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DropoutMasks(rate, 0, seed: 1)).Message);
            Assert.Contains($"hiddenRate must be from 0 up to, but not including, 1.", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DropoutMasks(0, rate, seed: 1)).Message);
        }
    }

    [TestMethod]
    public void The_defaults_are_the_documented_ones()
    {
        var options = new TrainingOptions { Loss = Loss.SquaredError };

        Assert.AreEqual((100, 128, 10, 0.0, 0, null), (options.NumberOfEpochs, options.BatchSize, options.Patience, options.MinimumImprovement, options.Seed, options.NumberOfThreads));
        Assert.AreEqual((0f, 0f, 0f, 0f, null, null), (options.L1Regularization, options.L2Regularization, options.InputDropout, options.Dropout, options.MaximumGradientNorm, options.MaximumWeightNorm));
        Assert.AreEqual((true, false, false, true), (options.NormalizeFeatures, options.NormalizeTargets, options.WarmStart, options.EarlyStopping));
        Assert.AreEqual((0f, false), (options.LabelSmoothing, options.Calibrate));
        Assert.IsNull(options.ColumnHints);
        Assert.IsNull(options.ImageDistortion);
        Assert.IsNull(options.ImageShape);
        Assert.AreEqual(Parametrization.Standard, options.Optimizer.Parametrization);
        Assert.IsNull(options.TimeBudget);
        Assert.AreEqual(0.001f, ((AdamOptimizer)options.Optimizer).LearningRate);
        Assert.AreSame(LearningRateSchedule.Constant, options.LearningRateSchedule);
    }

    private static SettingRow Row(string option) => Rows.Single(row => row.Name == option);

    private static TrainingOptions Create() => new() { Loss = Loss.SquaredError, Optimizer = new AdamOptimizer { LearningRate = 0.01f }, NumberOfEpochs = 5, BatchSize = 10, NumberOfThreads = 1 };

    /// <summary>The weights that are trained; none where the run is abandoned.</summary>
    private static float[] Train(object options)
    {
        var network = Network.Create(5, [6], 1, Activation.LeakyReLU);
        network.Initialize(WeightInitializer.LeCunNormal, seed: 9);
        try
        {
            TrainingLoop.Run(network, new SampleRows(40).ToExamples(), new SampleRows(30, seed: 2).ToExamples(), (TrainingOptions)options);
            // Calibration shows in the output stage.
            return [.. network.AllWeights(), .. network.OutputStage?.Scale.Select(factor => (float)factor) ?? []];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }
}
