using System.Diagnostics;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Searches for options by successive halving over epochs (<see cref="HalvingPlan"/>). The options given are trained first, for all their epochs: what is to
/// be beaten, and told by it how many epochs and how much time that is.
/// </summary>
/// <remarks>
/// Each round trains anew. The learning rate falls to zero at the last epoch, so that a training of few epochs is no beginning of a longer one; and a trial is
/// then what a Fit with its options gives. It costs at most half as much again as going on would.
/// </remarks>
/// <param name="options">The options given.</param>
/// <param name="settings">How much is tried.</param>
/// <param name="seed">Decides every random choice.</param>
/// <param name="train">Trains by options of a trial, and gives the history.</param>
internal sealed class SimpleNnTuner<TOptions>(TOptions options, TuningSettings<TOptions> settings, int seed, Func<TOptions, TrainingHistory> train)
    where TOptions : SimpleNnOptionsBase
{
    private const int UsualConfigurations = 27;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TuningSpace<TOptions> _space = settings.Space ?? TuningSpace.Around(options);
    private readonly RandomSource _random = new(seed, RandomStream.Tuning);
    private readonly List<TuningTrial<TOptions>> _trials = [];
    private int _drawn;

    private TimeSpan? TimeLeft => settings.TimeBudget - Stopwatch.GetElapsedTime(_start);

    private bool IsOver => TimeLeft <= TimeSpan.Zero || options.CancellationToken.IsCancellationRequested;

    /// <summary>Searches.</summary>
    /// <param name="environment">Draws a seed where none is given.</param>
    /// <param name="options">The options given.</param>
    /// <param name="settings">How much is tried.</param>
    /// <param name="train">Trains by options of a trial, and gives the history.</param>
    public static TuningResult<TOptions> Run(
        IHostEnvironment environment, TOptions options, TuningSettings<TOptions> settings, Func<TOptions, TrainingHistory> train)
    {
        options.Check();
        var copy = (TOptions)options.Copy();
        CheckSearchable(copy);
        int seed = settings.Seed ?? copy.Seed ?? environment.Register("TuneSimpleNn").Rand.Next();
        return new SimpleNnTuner<TOptions>(copy, settings, seed, train).Run();
    }

    private static void CheckSearchable(TOptions options)
    {
        if (!options.EarlyStopping)
            throw Contracts.ExceptUserArg(nameof(options.EarlyStopping), $"{nameof(options.EarlyStopping)} is false: it must be true in a search, which " +
                $"compares options by rows that are held out; set it to false in the options of the result.");
        if (options.TimeBudget is not null)
            throw Contracts.ExceptUserArg(nameof(options.TimeBudget), $"{nameof(options.TimeBudget)} of the options is {options.TimeBudget}: it must be null " +
                $"in a search, whose own time is that of {nameof(TuningSettings<>)}; set it in the options of the result.");
    }

    private TuningResult<TOptions> Run()
    {
        List<TuningConfiguration<TOptions>> first = settings.NumberOfConfigurations is int number ? Draw(number)
            : settings.TimeBudget is null ? Draw(UsualConfigurations) : []; // so that a space that cannot be used is refused before anything is trained
        TuningTrial<TOptions> given = Train(new(0, options, []), (Round: 0, Epochs: null), time: null)
            ?? throw new OperationCanceledException(options.CancellationToken);
        if (first.Count > 0)
            RunRounds(first, HalvingPlan.For(first.Count, given.NumberOfEpochs));
        else
            RunWhileThereIsTime(given);
        return new(_trials);
    }

    private void RunWhileThereIsTime(TuningTrial<TOptions> given)
    {
        while (TimeLeft is TimeSpan left && HalvingPlan.Within(left / given.Duration, UsualConfigurations, given.NumberOfEpochs) is { } plan)
        {
            if (!RunRounds(Draw(plan.Configurations[0]), plan))
                return;
        }
    }

    private List<TuningConfiguration<TOptions>> Draw(int configurations) =>
        [.. Enumerable.Range(0, configurations).Select(_ => TuningConfiguration<TOptions>.Draw(_space, options, ++_drawn, _random))];

    /// <summary>
    /// Trains configurations by rounds. Of the time each round has an even part, as each costs about the same by plan; one whose time is up ends, and
    /// the better third of what it has trained goes on, so that the last round is reached.
    /// </summary>
    /// <returns>Whether they have come to their end.</returns>
    private bool RunRounds(List<TuningConfiguration<TOptions>> configurations, HalvingPlan plan)
    {
        TimeSpan? whole = TimeLeft;
        for (int round = 0; round < plan.Rounds; round++)
        {
            bool isLast = round == plan.Rounds - 1;
            TimeSpan? ofOthers = whole * (plan.Rounds - 1 - round) / plan.Rounds;
            List<(TuningConfiguration<TOptions> Configuration, double Loss)> ended = [];
            foreach (TuningConfiguration<TOptions> configuration in configurations)
            {
                TimeSpan? time = ended.Count == 0 ? TimeLeft : TimeLeft - ofOthers; // the first may take longer, so that one goes on
                if (Train(configuration, (round + 1, isLast ? null : plan.Epochs[round]), time) is not { } trial)
                    break;
                ended.Add((configuration, trial.ValidationLoss));
            }

            if (IsOver)
                return false;
            configurations = [.. ended.OrderBy(one => one.Loss).Take(HalvingPlan.GoingOn(ended.Count)).Select(one => one.Configuration)];
        }

        return true;
    }

    /// <summary>Trains a configuration, and tells the listener.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="part">The round, and its epochs; null for all.</param>
    /// <param name="time">How long it may take; null for any time.</param>
    /// <returns>The trial; null where time, or the user, ended it.</returns>
    private TuningTrial<TOptions>? Train(TuningConfiguration<TOptions> configuration, (int Round, int? Epochs) part, TimeSpan? time)
    {
        bool isGiven = configuration.Number == 0;
        if (!isGiven && (time <= TimeSpan.Zero || options.CancellationToken.IsCancellationRequested))
            return null;
        long start = Stopwatch.GetTimestamp();
        TrainingHistory? history = TrainOrDiverge(configuration.ForTrial(seed, settings.ValidationFraction, part.Epochs, time), isGiven);
        if (history is { StopReason: StopReason.Cancelled or StopReason.TimeBudget })
            return null;
        EpochMetrics? best = history is { BestEpoch: > 0 } ? history.Epochs[history.BestEpoch - 1] : null;
        if (history is not null && best?.ValidationLoss is null)
            throw NothingToCompare();
        var trial = new TuningTrial<TOptions>
        {
            Configuration = configuration.Number,
            Options = configuration.Options,
            Values = configuration.Values,
            Round = part.Round,
            IsLastRound = part.Epochs is null,
            NumberOfEpochs = best?.NumberOfEpochs ?? part.Epochs ?? _trials[0].NumberOfEpochs,
            ValidationLoss = best?.ValidationLoss ?? double.PositiveInfinity,
            ValidationAccuracy = best?.ValidationAccuracy,
            Duration = Stopwatch.GetElapsedTime(start),
            Elapsed = Stopwatch.GetElapsedTime(_start),
        };
        _trials.Add(trial);
        settings.Progress?.Report(trial);
        return trial;
    }

    /// <summary>The history; null for options with which the training diverges. That the options given do is an error, as it is in a Fit.</summary>
    private TrainingHistory? TrainOrDiverge(TOptions trial, bool isGiven)
    {
        try
        {
            return train(trial);
        }
        catch (TrainingDivergedException) when (!isGiven)
        {
            return null;
        }
        catch (OperationCanceledException) when (!isGiven && options.CancellationToken.IsCancellationRequested)
        {
            return new TrainingHistory([], 0, StopReason.Cancelled);
        }
    }

    private InvalidOperationException NothingToCompare() => new(FormattableString.Invariant(
        $"There is nothing to compare options by: the label is the same in all rows, or {settings.ValidationFraction} of the rows, the ") +
        $"{nameof(settings.ValidationFraction)}, are fewer than {SimpleNnDefaults.SmallestHoldOut}. Give more rows, or raise the fraction.");
}
