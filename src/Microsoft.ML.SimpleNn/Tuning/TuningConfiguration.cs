using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Options that a search tries.</summary>
/// <param name="Number">Their number; 0 for those that the search was given.</param>
/// <param name="Options">The options, as the result has them.</param>
/// <param name="Values">What was drawn, as text.</param>
internal sealed record TuningConfiguration<TOptions>(int Number, TOptions Options, IReadOnlyList<KeyValuePair<string, string>> Values)
    where TOptions : SimpleNnOptionsBase
{
    /// <summary>The options that decide what the validation loss is a loss of.</summary>
    private static readonly string[] OfTheLoss =
    [
        nameof(SimpleNnRegressionTrainer.Options.Loss), nameof(SimpleNnRegressionTrainer.Options.NormalizeLabel),
        nameof(SimpleNnClassifierOptionsBase.ClassWeights), nameof(SimpleNnClassifierOptionsBase.BalanceClasses),
        nameof(SimpleNnSupervisedOptionsBase.LabelColumnName), nameof(SimpleNnOptionsBase.ExampleWeightColumnName),
    ];

    /// <summary>Draws one around others, and refuses what no trainer would take, or what could not be compared.</summary>
    /// <param name="space">What it is drawn from.</param>
    /// <param name="given">The options that the search was given.</param>
    /// <param name="number">Its number.</param>
    /// <param name="random">What it is drawn by.</param>
    public static TuningConfiguration<TOptions> Draw(TuningSpace<TOptions> space, TOptions given, int number, RandomSource random)
    {
        var options = (TOptions)given.Copy();
        IReadOnlyList<KeyValuePair<string, string>> values = space.Draw(options, random);
        try
        {
            options.Check();
        }
        catch (ArgumentException refusal)
        {
            throw Contracts.ExceptParam(nameof(space), $"The search space has drawn options that no trainer takes ({Text()}): {refusal.Message}");
        }

        if (Changed(given, options) is string changed)
            throw Contracts.ExceptParam(nameof(space), $"The search space changes {changed}, so that validation losses could not be compared: leave it " +
                $"out of the space, and search once for each value.");
        return new(number, options, values);

        string Text() => string.Join(", ", values.Select(value => $"{value.Key} {value.Value}"));
    }

    /// <summary>The options of a trial: one network, judged by the rows that the search holds out, and by no others.</summary>
    /// <param name="seed">The seed of the search, by which rows are held out.</param>
    /// <param name="fraction">How many of them.</param>
    /// <param name="epochs">The epochs; null for as many as the options say.</param>
    /// <param name="timeBudget">How long it may take; null for any time.</param>
    public TOptions ForTrial(int seed, double fraction, int? epochs, TimeSpan? timeBudget)
    {
        var trial = (TOptions)Options.Copy();
        trial.Seed = seed;
        trial.ValidationFraction = fraction;
        trial.RefitOnAllRows = false;
        trial.EnsembleSize = 1;
        trial.NumberOfEpochs = epochs ?? trial.NumberOfEpochs;
        trial.TimeBudget = timeBudget;
        trial.KeepOptimizerState = false;
        trial.CheckpointPath = null;
        trial.Progress = null;
        return trial;
    }

    private static string? Changed(TOptions given, TOptions drawn)
    {
        Dictionary<string, string> before = OfLoss(given), after = OfLoss(drawn);
        return before.Keys.Union(after.Keys).FirstOrDefault(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name));

        static Dictionary<string, string> OfLoss(TOptions options) => TrainingIdentity.Describe(options)
            .Where(pair => OfTheLoss.Contains(pair.Key.Split('.')[0])).ToDictionary(pair => pair.Key, pair => pair.Value);
    }
}
