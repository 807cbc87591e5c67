using System.Globalization;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>A training of one configuration within a search for options, and what came of it.</summary>
/// <typeparam name="TOptions">The options of the task.</typeparam>
public sealed record TuningTrial<TOptions>
    where TOptions : SimpleNnOptionsBase
{
    /// <summary>The number of the configuration; 0 is the options that the search was given.</summary>
    public required int Configuration { get; init; }

    /// <summary>The configuration, as a trainer takes it: without what the search adds, such as its validation rows.</summary>
    public required TOptions Options { get; init; }

    /// <summary>The values that were drawn, as text, by their names in the <see cref="TuningSpace{TOptions}"/>; none for configuration 0.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Values { get; init; }

    /// <summary>The round of successive halving, counted from 1; 0 for the options that the search was given.</summary>
    public required int Round { get; init; }

    /// <summary>Whether the configuration was trained for all its epochs: the best of these trials is the result.</summary>
    public required bool IsLastRound { get; init; }

    /// <summary>The most epochs of the trial; early stopping can have ended it sooner.</summary>
    public required int NumberOfEpochs { get; init; }

    /// <summary>
    /// The lowest loss over the validation rows, by which trials are compared: mean cross-entropy, or the loss of the normalized label; infinity where the
    /// training diverged.
    /// </summary>
    public required double ValidationLoss { get; init; }

    /// <summary>The fraction of validation rows, 0 to 1, whose class is predicted right at that loss; null where the label is no class.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>How long the trial took, with reading the rows.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The time from the start of the search to the end of the trial.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The values in words: "the options given", or "LearningRate 0.031, HiddenLayers [128]".</summary>
    public string Description => Values.Count == 0 ? "the options given" : string.Join(", ", Values.Select(value => $"{value.Key} {value.Value}"));

    /// <summary>The trial in a line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Configuration,5} {Round,5} {NumberOfEpochs,6} {ValidationLoss,15:G5} {Duration.TotalSeconds,8:F1}  {Description}");
}
