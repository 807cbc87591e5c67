namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What a search for options came to.</summary>
/// <typeparam name="TOptions">The options of the task.</typeparam>
public sealed class TuningResult<TOptions>
    where TOptions : SimpleNnOptionsBase
{
    internal TuningResult(IReadOnlyList<TuningTrial<TOptions>> trials)
    {
        Trials = trials;
        Best = trials.Where(trial => trial.IsLastRound).MinBy(trial => trial.ValidationLoss)!;
    }

    /// <summary>All trials, in the order in which they ended; the first is that of the options given.</summary>
    public IReadOnlyList<TuningTrial<TOptions>> Trials { get; }

    /// <summary>The trial of all epochs with the lowest validation loss; of two as low the earlier one.</summary>
    /// <remarks>Its loss is the lowest of many, and so a little lower than on other rows: judge the model by test rows that the search never saw.</remarks>
    public TuningTrial<TOptions> Best { get; }

    /// <summary>The trial of the options that the search was given: what is to be beaten.</summary>
    public TuningTrial<TOptions> Given => Trials[0];

    /// <summary>The best options, for the catalog's <c>Trainers.SimpleNn(options)</c>, whose Fit trains them on all rows.</summary>
    public TOptions Options => Best.Options;

    /// <summary>A table of the trials, as text: those of all epochs first, each with the lowest loss before the others.</summary>
    public override string ToString() => string.Join(Environment.NewLine,
        Trials.OrderByDescending(trial => trial.IsLastRound).ThenByDescending(trial => trial.NumberOfEpochs).ThenBy(trial => trial.ValidationLoss)
            .Select(trial => trial.ToString()).Prepend("  no. round epochs validation loss  seconds  values"));
}
