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
        .. new[] { 0.001f, 0.002f, 0.005f, 0.01f }.Select(rate => new Variant($"learning rate {rate:0.###}", options => options.Optimizer = AdamW(rate, SimpleNnDefaults.WeightDecay))),
        .. new[] { 0f, 0.01f, 0.03f, 0.3f, 1f }.Select(decay => new Variant($"weight decay {decay:0.##}", options => options.Optimizer = AdamW(SimpleNnDefaults.LearningRate, decay))),
        new("constant learning rate", options => options.LearningRateSchedule = LearningRateSchedule.Constant),
        Hidden(), Hidden(32), Hidden(64), Hidden(256), Hidden(64, 64), Hidden(128, 128), Hidden(256, 128), Hidden(128, 64, 32),
        .. new[] { 16, 32, 64, 128, 256 }.Select(rows => new Variant($"batch {rows}", options => options.BatchSize = rows)),
        .. new[] { 10, 20, 50, 100 }.Select(epochs => new Variant($"{epochs} epochs", options => options.NumberOfEpochs = epochs)),
        .. new[] { Activation.Tanh, Activation.GELU, Activation.SiLU, Activation.ELU }.Select(activation => new Variant(activation.ToString(), options => options.Activation = activation)),
    ];

    /// <summary>Options for particular data, that the documents name.</summary>
    public static IReadOnlyList<Variant> Documented { get; } =
    [
        Dropped("images", [800, 800], 0.2f, 0.5f, 40, 128),
        Dropped("images b", [1000, 1000], 0.2f, 0.4f, 40, 64),
        Dropped("images c", [800], 0.1f, 0.3f, 40, 64),
        Dropped("images d", [800, 800], 0.2f, 0.3f, 30, 64),
    ];

    private static Variant Dropped(string name, int[] hidden, float input, float dropout, int epochs, int batch) => new(name, options =>
    {
        options.HiddenLayers = hidden;
        options.InputDropout = input;
        options.Dropout = dropout;
        options.NumberOfEpochs = epochs;
        options.BatchSize = batch;
    });

    private static AdamWOptimizer AdamW(float learningRate, float weightDecay) => new() { LearningRate = learningRate, WeightDecay = weightDecay };

    private static Variant Hidden(params int[] layers) => new($"hidden [{string.Join(", ", layers)}]", options => options.HiddenLayers = layers);
}
