using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The options from which the defaults were chosen, one change at a time.</summary>
internal static class Variants
{
    /// <summary>No option set.</summary>
    public static Variant Defaults { get; } = new("defaults", _ => { });

    /// <summary>The defaults, and what lies on either side of each.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        Defaults,
        new("quick", options => options.Effort = Effort.Quick),
        new("thorough", options => options.Effort = Effort.Thorough),
        .. new[] { 0.02f, 0.08f }.Select(rate => new Variant($"learning rate {rate:0.##}", options => options.Optimizer = NeuralTangent(rate, decay: 0))),
        .. new[] { 0.02f, 0.1f }.Select(decay => new Variant($"weight decay {decay:0.##}", options => options.Optimizer = NeuralTangent(0.04f, decay))),
        new("one rate, one cosine", options => options.Optimizer = AdamW(SimpleNnDefaults.LearningRate, options.WeightDecayOfAdamW)),
        new("no label smoothing", options => options.LabelSmoothing = 0),
        new("no temperature", options => (options.LabelSmoothing, options.Calibrate) = (SimpleNnDefaults.LabelSmoothing, false)),
        new("not calibrated", options => (options.LabelSmoothing, options.Calibrate) = (0, false)),
        new("no refit", options => options.RefitOnAllRows = false),
        new("features as they are", options => options.NormalizeFeatures = false),
        Hidden(), Hidden(128), Hidden(256), Hidden(512, 512), Hidden(256, 256, 256),
        .. new[] { 32, 64, 128, 256, 512 }.Select(rows => new Variant($"batch {rows}", options => options.BatchSize = rows)),
        .. new[] { 12, 28, 124 }.Select(epochs => new Variant($"{epochs} epochs", options => options.NumberOfEpochs = epochs)),
        .. new[] { 0.1f, 0.2f }.Select(dropout => new Variant($"dropout {dropout:0.#}", options => options.Dropout = dropout)),
        .. new[] { Activation.GELU, Activation.SiLU, Activation.SELU }.Select(activation => new Variant(activation.ToString(), options => options.Activation = activation)),
    ];

    /// <summary>Options for particular data, that docs/ACCURACY.md names.</summary>
    public static IReadOnlyList<Variant> Documented { get; } =
    [
        new("read anew", options => options.MemoryBudget = 100_000),
        new("five networks", options => options.EnsembleSize = 5),
        new("monotone income", options => Monotone(options, new() { ["Column7"] = 1 })), // of California housing
        new("three monotone features", options => Monotone(options, new() { ["Column7"] = 1, ["Column4"] = 1, ["Column5"] = -1 })),
    ];

    private static AdamWOptimizer AdamW(float learningRate, float weightDecay) => new() { LearningRate = learningRate, WeightDecay = weightDecay };

    private static AdamWOptimizer NeuralTangent(float learningRate, float decay) =>
        new() { LearningRate = learningRate, Beta2 = 0.95f, WeightDecay = decay, Parametrization = Parametrization.NeuralTangent };

    private static void Monotone(SimpleNnOptionsBase options, Dictionary<string, int> directions) =>
        ((SimpleNnRegressionTrainer.Options)options).MonotoneFeatures = directions;

    private static Variant Hidden(params int[] layers) => new($"hidden [{string.Join(", ", layers)}]", options => options.HiddenLayers = layers);
}
