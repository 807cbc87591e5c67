using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Every option of every trainer: one row each, which <see cref="OptionTableTests"/> holds to the options that there are.</summary>
internal static class OptionTable
{
    public static readonly OptionRow[] Rows =
    [
        new("FeatureColumnName") { Accepted = ["Other"], Refused = [null, "", "  "], Remedy = "must name the column of the features, for example \"Features\"", Change = o => o.FeatureColumnName = "Features2" },
        new("LabelColumnName") { Accepted = ["Other"], Refused = [null, "", "  "], Remedy = "must name the column of the labels, for example \"Label\"", Change = o => ((SimpleNnSupervisedOptionsBase)o).LabelColumnName += "2" },
        new("ExampleWeightColumnName") { Accepted = [null, "Other"], Refused = ["", "  "], Remedy = "must name the column of the example weights; with null all rows weigh alike", Change = o => o.ExampleWeightColumnName = "Weight" },
        new("HiddenLayers") { Accepted = [Array.Empty<int>(), new[] { 1 }, Ones(1000), null], Refused = [Ones(1001)], Remedy = "must have at most 1000 layers; one to three are usual", Change = o => o.HiddenLayers = [3] },
        new("HiddenLayers") { Of = typeof(SimpleNnAutoencoderTrainer.Options), Accepted = [new[] { 1 }, Ones(500)], Refused = [null, Array.Empty<int>(), Ones(501)],
            Remedy = "must have 1 to 500 layers, those of the encoder, of which the last is the bottleneck, for example [256, 64, 8]", Change = o => o.HiddenLayers = [3] },
        new("Activation") { Accepted = [Activation.Identity, Activation.Mish], Refused = [(Activation)(-1), Activation.Mish + 1],
            Remedy = "must be one of Identity, ReLU, LeakyReLU, ELU, SELU, GELU, SiLU, Sigmoid, Tanh, Softplus, Mish", Change = o => o.Activation = Activation.Tanh },
        new("Optimizer") { Accepted = [new LbfgsOptimizer()], Refused = [null], Remedy = "must be an optimizer, for example new AdamOptimizer()", Change = o => o.Optimizer = new SgdOptimizer() },
        new("LearningRateSchedule") { Accepted = [null, LearningRateSchedule.Constant], Change = o => o.LearningRateSchedule = LearningRateSchedule.Cosine },
        OptionRow.For(OptionConstraints.NumberOfEpochs, mayBeNull: true) with { Change = o => o.NumberOfEpochs = 1 },
        OptionRow.For(OptionConstraints.BatchSize, mayBeNull: true) with { Change = o => o.BatchSize = 1 },
        new("Effort") { Accepted = [Effort.Quick, Effort.Standard, Effort.Thorough], Refused = [(Effort)(-1), Effort.Thorough + 1], Remedy = "must be one of Quick, Standard, Thorough",
            Given = o => { DefaultRecipe(o); o.NumberOfEpochs = null; }, Change = o => o.Effort = Effort.Quick },
        new("ImageDistortion") { Accepted = [null, new ImageDistortion()], Given = o => o.ImageShape = new ImageShape(1, Blob.FeatureCount), Change = o => o.ImageDistortion = new ImageDistortion() },
        new("ImageDistortion") { Of = typeof(SimpleNnAutoencoderTrainer.Options), Accepted = [null] }, // what it refuses has a test of its own
        new("ImageShape") { Accepted = [null, new ImageShape(1, 1)], Given = o => (o.ImageDistortion, o.ImageShape) = (new ImageDistortion(), new ImageShape(1, Blob.FeatureCount)), Change = o => o.ImageShape = new ImageShape(2, Blob.FeatureCount / 2) },
        new("ImageShape") { Of = typeof(SimpleNnAutoencoderTrainer.Options), Accepted = [null, new ImageShape(1, 1)], Change = o => o.ImageShape = new ImageShape(1, 1), ModelStays = true },
        OptionRow.For(OptionConstraints.LabelSmoothing, mayBeNull: true) with { Change = o => o.LabelSmoothing = 0.2f },
        OptionRow.For(OptionConstraints.LabelSmoothing, mayBeNull: true) with { Of = typeof(SimpleNnRegressionTrainer.Options), Change = o => o.LabelSmoothing = 0.2f, ModelStays = true },
        OptionRow.For(OptionConstraints.LabelSmoothing, mayBeNull: true) with { Of = typeof(SimpleNnAutoencoderTrainer.Options), Change = o => o.LabelSmoothing = 0.2f, ModelStays = true },
        new("Calibrate") { Accepted = [false, true], Given = DefaultRecipe, Change = o => o.Calibrate = false },
        new("Calibrate") { Of = typeof(SimpleNnRegressionTrainer.Options), Accepted = [false, true], Given = DefaultRecipe, Change = o => o.Calibrate = false, ModelStays = true },
        new("Calibrate") { Of = typeof(SimpleNnAutoencoderTrainer.Options), Accepted = [false, true], Given = DefaultRecipe, Change = o => o.Calibrate = false, ModelStays = true },
        new("RefitOnAllRows") { Accepted = [null, false, true], Given = o => { DefaultRecipe(o); o.ValidationFraction = 0.2; }, Change = o => o.RefitOnAllRows = o is SimpleNnAutoencoderTrainer.Options },
        new("MissingFeatures") { Accepted = [MissingFeatures.Learn, MissingFeatures.Refuse], Refused = [(MissingFeatures)(-1), MissingFeatures.Refuse + 1], Remedy = "must be one of Learn, Refuse",
            Change = o => o.MissingFeatures = MissingFeatures.Refuse, ModelStays = true },
        OptionRow.For(OptionConstraints.L1Regularization) with { Change = o => o.L1Regularization = 1 },
        OptionRow.For(OptionConstraints.L2Regularization) with { Change = o => o.L2Regularization = 1 },
        OptionRow.For(OptionConstraints.InputDropout) with { Change = o => o.InputDropout = 0.3f },
        OptionRow.For(OptionConstraints.Dropout) with { Change = o => o.Dropout = 0.3f },
        OptionRow.For(OptionConstraints.MaximumGradientNorm, mayBeNull: true) with { Change = o => o.MaximumGradientNorm = 1e-3f },
        OptionRow.For(OptionConstraints.MaximumWeightNorm, mayBeNull: true) with { Change = o => o.MaximumWeightNorm = 0.1f },
        new("NormalizeFeatures") { Accepted = [false, true], Change = o => o.NormalizeFeatures = false },
        new("EarlyStopping") { Accepted = [false, true], Given = HoldOut, Change = o => o.EarlyStopping = false },
        OptionRow.For(TrainerConstraints.ValidationFraction, mayBeNull: true) with { Given = HoldOut, Change = o => o.ValidationFraction = 0.4 },
        OptionRow.For(OptionConstraints.Patience) with {
            Given = o => { HoldOut(o); o.MinimumImprovement = 1000; }, Change = o => o.Patience = 1 },
        OptionRow.For(OptionConstraints.MinimumImprovement) with {
            Given = o => { HoldOut(o); o.Patience = 1; }, Change = o => o.MinimumImprovement = 1000 },
        OptionRow.For(TrainerConstraints.EnsembleSize, mayBeNull: true) with { Change = o => o.EnsembleSize = 2 },
        new("EnsembleSize") { Of = typeof(SimpleNnAutoencoderTrainer.Options), Accepted = [1], Refused = [0, 2], Remedy = "must be 1: an autoencoder is one network, whose bottleneck and errors cannot be averaged" },
        OptionRow.For(OptionConstraints.TimeBudget, mayBeNull: true) with { Change = o => o.TimeBudget = TimeSpan.FromTicks(1) },
        new("KeepOptimizerState") { Accepted = [false, true], Change = o => o.KeepOptimizerState = true },
        new("Seed") { Accepted = [null, int.MinValue, int.MaxValue], Change = o => o.Seed = 2 },
        OptionRow.For(OptionConstraints.NumberOfThreads, mayBeNull: true) with { Change = o => o.NumberOfThreads = 3, ModelStays = true },
        OptionRow.For(TrainerConstraints.MemoryBudget, mayBeNull: true) with { Change = o => o.MemoryBudget = 100 },
        new("CheckpointPath") { Accepted = [null, "training.checkpoint"], Refused = ["", "  "], Remedy = "must name a file, for example \"training.checkpoint\"; with null there is none", Change = KeepCheckpoint, ModelStays = true },
        new("CheckpointEvery") { Accepted = [null, CheckpointInterval.Epochs(1), CheckpointInterval.Minutes(0.5)], Given = KeepCheckpoint, Change = o => o.CheckpointEvery = CheckpointInterval.Epochs(2), ModelStays = true },
        new("Progress") { Accepted = [null], Change = o => o.Progress = new Listener(epoch => epoch.Stop()) },
        new("CancellationToken") { Accepted = [CancellationToken.None], Change = CancelAfterAnEpoch },
        new("ClassWeights") { Accepted = [null, new Dictionary<string, float>(), new Dictionary<string, float> { ["0"] = 0, ["1"] = float.MaxValue }],
            Change = o => ((SimpleNnClassifierOptionsBase)o).ClassWeights = new() { [o is SimpleNnBinaryTrainer.Options ? "true" : "1"] = 3 } },
        new("BalanceClasses") { Accepted = [false, true], Given = o => ((SimpleNnSupervisedOptionsBase)o).LabelColumnName = o is SimpleNnBinaryTrainer.Options ? "Flag" : "Class2",
            Change = o => ((SimpleNnClassifierOptionsBase)o).BalanceClasses = true },
        new("Loss") { Accepted = [null, Loss.SquaredError, Loss.AbsoluteError, Loss.Huber(), Loss.Poisson, Loss.Quantile(0.5f), Loss.SigmoidCrossEntropy],
            Change = o => ((SimpleNnRegressionTrainer.Options)o).Loss = Loss.AbsoluteError },
        new("NormalizeLabel") { Accepted = [false, true], Change = o => ((SimpleNnRegressionTrainer.Options)o).NormalizeLabel = false },
        OptionRow.For(TrainerConstraints.IntervalCoverage, mayBeNull: true) with { Given = HoldOut, Change = o => ((SimpleNnRegressionTrainer.Options)o).IntervalCoverage = 0.8f, ModelStays = true },
        new("MonotoneFeatures") { Accepted = [null, new Dictionary<string, int>(), new Dictionary<string, int> { ["a"] = 1, ["b"] = -1 }],
            Given = o => o.FeatureColumnName = "Features2", Change = o => Monotone(o, new() { ["F0"] = -1 }) },
        OptionRow.For(TrainerConstraints.PredictionSetCoverage, mayBeNull: true) with { Given = HoldOut, Change = o => ((SimpleNnMulticlassTrainer.Options)o).PredictionSetCoverage = 0.8f, ModelStays = true },
        OptionRow.For(TrainerConstraints.Contamination) with { Change = o => ((SimpleNnAutoencoderTrainer.Options)o).Contamination = 0.3 },
    ];

    /// <summary>The row of an option; null where there is none.</summary>
    public static OptionRow? Find(Type options, string name) =>
        Rows.SingleOrDefault(row => row.Name == name && row.Of == options) ?? Rows.SingleOrDefault(row => row.Name == name && row.Of is null);

    /// <summary>The names of all options in the table.</summary>
    public static IEnumerable<string> Names => Rows.Select(row => row.Name).Distinct();

    /// <summary>The default optimizer with its schedule, folds and refit.</summary>
    private static void DefaultRecipe(SimpleNnOptionsBase options) =>
        (options.Optimizer, options.LearningRateSchedule, options.EarlyStopping) = (new SimpleNnMulticlassTrainer.Options().Optimizer, null, true);

    /// <summary>Holds rows out, and learns slowly, so that each epoch is better than the one before.</summary>
    private static void HoldOut(SimpleNnOptionsBase options) =>
        (options.EarlyStopping, options.ValidationFraction, options.Patience, options.Optimizer) = (true, 0.2, 2, new AdamOptimizer { LearningRate = 0.002f });

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    private static void Monotone(SimpleNnOptionsBase options, Dictionary<string, int> directions)
    {
        if (options is SimpleNnBinaryTrainer.Options binary) binary.MonotoneFeatures = directions;
        else ((SimpleNnRegressionTrainer.Options)options).MonotoneFeatures = directions;
    }

    private static void KeepCheckpoint(SimpleNnOptionsBase options)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.checkpoint");
        options.CheckpointPath = file;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Array.ForEach(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"), File.Delete);
    }

    private static void CancelAfterAnEpoch(SimpleNnOptionsBase options)
    {
        var source = new CancellationTokenSource();
        (options.Progress, options.CancellationToken) = (new Listener(_ => source.Cancel()), source.Token);
    }
}
