using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How much is tried in a search for options, by which rows, and who is told.</summary>
/// <remarks>
/// Without a <see cref="TimeBudget"/> a search gives the same trials, to the bit, on every machine and any number of threads. What ends a search early is the
/// options' <see cref="SimpleNnOptionsBase.CancellationToken"/>: the result is then that of the trials so far.
/// </remarks>
/// <typeparam name="TOptions">The options of the task.</typeparam>
public sealed class TuningSettings<TOptions>
    where TOptions : SimpleNnOptionsBase
{
    /// <summary>How many configurations are drawn from the <see cref="Space"/>, besides the options given.</summary>
    /// <value>Range: 1 to 100,000. Default: null, 27; with a <see cref="TimeBudget"/> as many as there is time for, up to 27 at a time.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? NumberOfConfigurations
    {
        get;
        init => field = TuningConstraints.NumberOfConfigurations.Check(value);
    }

    /// <summary>How long the search may take; the options given are trained for all their epochs whatever it is.</summary>
    /// <remarks>A trial that it ends does not count. How many there are then depends on the speed of the machine.</remarks>
    /// <value>Range: above zero. Default: null, as long as it takes.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan? TimeBudget
    {
        get;
        init => field = TuningConstraints.TimeBudget.Check(value);
    }

    /// <summary>The fraction of the rows by which trials are compared: the same rows for all, of each class alike.</summary>
    /// <remarks>More than a training holds out, since many configurations are compared by them, and some look good by chance.</remarks>
    /// <value>Range: above 0 and below 1. Default: 0.2.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double ValidationFraction
    {
        get;
        init => field = TuningConstraints.ValidationFraction.Check(value);
    }
    = TuningConstraints.ValidationFraction.Default;

    /// <summary>Decides the configurations, the validation rows, and the random choices of each trial.</summary>
    /// <value>Default: null, the options' seed, or where they have none one from the seed of the MLContext.</value>
    public int? Seed { get; init; }

    /// <summary>The options that the search may change, and their values.</summary>
    /// <value>Default: null, <see cref="TuningSpace.Around"/> the options given.</value>
    public TuningSpace<TOptions>? Space { get; init; }

    /// <summary>Told each trial when it has ended, on the thread that trains, before the next begins.</summary>
    /// <value>Default: null, nobody.</value>
    public IProgress<TuningTrial<TOptions>>? Progress { get; init; }
}
