using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Makes the space that a search for options draws from where the user names none.</summary>
public static class TuningSpace
{
    private const float LowestRate = 0.25f, HighestRate = 3, LowestDecay = 0.1f, HighestDecay = 30, DecayInPlaceOfNone = 0.02f;

    private static readonly int[]?[] Layers = [null, [128], [128, 128], [256, 256], [512, 512], [256, 256, 256]];

    private static readonly int?[] BatchSizes = [null, 64, 128, 256, 512];

    private static readonly float[] Dropouts = [0, 0, 0.05f, 0.1f, 0.2f, 0.3f], Smoothings = [0, 0.02f, 0.05f, 0.1f];

    /// <summary>The space around some options.</summary>
    /// <remarks>
    /// <para>
    /// <c>LearningRate</c>: a quarter of the optimizer's to three times as much, and <c>WeightDecay</c>: a tenth of the optimizer's to thirty times as much, or
    /// around 0.02 where it has none, both on a log scale, of <see cref="AdamWOptimizer"/> alone. <c>HiddenLayers</c>: chosen from the data,
    /// [128], [128, 128], [256, 256], [512, 512], [256, 256, 256]. <c>BatchSize</c>: chosen from the data, 64, 128, 256, 512. <c>Dropout</c>: 0, twice as
    /// often as 0.05, 0.1, 0.2 and 0.3. <c>LabelSmoothing</c>, of classifiers: 0, 0.02, 0.05, 0.1.
    /// </para>
    /// <para>With <see cref="LbfgsOptimizer"/>, which refuses the rest, it is the hidden layers alone.</para>
    /// </remarks>
    /// <param name="options">The options.</param>
    /// <typeparam name="TOptions">The options of the task.</typeparam>
    /// <example>
    /// <code>
    /// var space = TuningSpace.Around(options)
    ///     .AddChoice("Activation", [Activation.ReLU, Activation.GELU], (o, activation) => o.Activation = activation)
    ///     .AddRange("InputDropout", 0, 0.2f, (o, dropout) => o.InputDropout = dropout)
    ///     .Without("BatchSize");
    /// </code>
    /// </example>
    public static TuningSpace<TOptions> Around<TOptions>(TOptions options)
        where TOptions : SimpleNnOptionsBase
    {
        ArgumentNullException.ThrowIfNull(options);
        var space = new TuningSpace<TOptions>();
        if (options.Optimizer is AdamWOptimizer adam)
            space = AddSteps(space, adam);
        space = space.AddChoice(nameof(options.HiddenLayers), Layers, (o, layers) => o.HiddenLayers = (int[]?)layers?.Clone());
        if (options.Optimizer is LbfgsOptimizer)
            return space;
        space = space.AddChoice(nameof(options.BatchSize), BatchSizes, (o, size) => o.BatchSize = size)
            .AddChoice(nameof(options.Dropout), Dropouts, (o, dropout) => o.Dropout = dropout);
        return options is SimpleNnClassifierOptionsBase
            ? space.AddChoice(nameof(options.LabelSmoothing), Smoothings, (o, smoothing) => o.LabelSmoothing = smoothing)
            : space;
    }

    private static TuningSpace<TOptions> AddSteps<TOptions>(TuningSpace<TOptions> space, AdamWOptimizer adam)
        where TOptions : SimpleNnOptionsBase
    {
        float rate = adam.LearningRate, decay = adam.WeightDecay > 0 ? adam.WeightDecay : DecayInPlaceOfNone;
        return space
            .AddRange(nameof(adam.LearningRate), LowestRate * rate, HighestRate * rate, (o, value) => o.Optimizer = Of(o).With(value, Of(o).WeightDecay),
                logScale: true)
            .AddRange(nameof(adam.WeightDecay), LowestDecay * decay, HighestDecay * decay, (o, value) => o.Optimizer = Of(o).With(Of(o).LearningRate, value),
                logScale: true);

        AdamWOptimizer Of(TOptions drawn) => drawn.Optimizer as AdamWOptimizer ?? adam;
    }
}
