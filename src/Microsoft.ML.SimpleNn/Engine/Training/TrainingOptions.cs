namespace Microsoft.ML.SimpleNn;

/// <summary>What a training run does, and for how long.</summary>
public sealed class TrainingOptions
{
    /// <summary>What is made small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The rule for a step. Default: Adam with learning rate 0.001.</summary>
    public Optimizer Optimizer { get; init; } = new AdamOptimizer();

    /// <summary>How the learning rate changes over the run. Default: constant.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The most passes over the training rows. Range: 1 or more. Default: 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int NumberOfEpochs
    {
        get;
        init => field = AtLeastOne(value, nameof(NumberOfEpochs));
    }
    = 100;

    /// <summary>The rows of a minibatch; the last of an epoch may have fewer. Range: 1 or more. Default: 128.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int BatchSize
    {
        get;
        init => field = AtLeastOne(value, nameof(BatchSize));
    }
    = 128;

    /// <summary>
    /// Whether features are standardised: measured on the training rows, and folded into the first layer at the end, so that the network takes
    /// raw features. Default: true.
    /// </summary>
    public bool NormalizeFeatures { get; init; } = true;

    /// <summary>
    /// Whether the targets of losses for numbers are standardised: measured on the training rows, and folded into the last layer at the end, so that
    /// the network gives numbers in the unit of the targets. The losses of the history are then those of standardised targets. Needs a last layer
    /// without activation. Default: false.
    /// </summary>
    public bool NormalizeTargets { get; init; }

    /// <summary>Whether to go on from the network's weights, as a run before left them, instead of drawing new ones. Default: false.</summary>
    public bool WarmStart { get; init; }

    /// <summary>
    /// What the optimizer remembers when the run begins: made by <see cref="Optimizer.CreateState(Network)"/> for this network and optimizer, and for a warm start
    /// left by the run before. When the run ends it is what the optimizer remembered at the weights that were kept, in units of the standardised
    /// features. Schedules count the steps of the run, Adam all steps. Default: null, the optimizer starts afresh and its memory is dropped.
    /// </summary>
    public OptimizerState? OptimizerState { get; init; }

    /// <summary>Draws the first weights. Default: null, the one that suits each layer's activation.</summary>
    public WeightInitializer? Initializer { get; init; }

    /// <summary>
    /// Whether to stop when the validation loss no longer falls, and to restore the best weights: those of the last epoch whose validation
    /// loss is within one standard error of the lowest. Needs validation rows. Default: true.
    /// </summary>
    public bool EarlyStopping { get; init; } = true;

    /// <summary>The epochs without a new lowest validation loss before stopping. Range: 1 or more. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Patience
    {
        get;
        init => field = AtLeastOne(value, nameof(Patience));
    }
    = 10;

    /// <summary>How much lower than the lowest so far a validation loss must be to count as an improvement for <see cref="Patience"/>. Range: 0 or more. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MinimumImprovement
    {
        get;
        init
        {
            if (!(value >= 0 && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(nameof(MinimumImprovement), value, $"{nameof(MinimumImprovement)} must be 0 or more, and finite.");
            field = value;
        }
    }

    /// <summary>
    /// How long the run may take, measured after each minibatch; the best weights so far are then kept. Where not even the first epoch has
    /// ended, the weights as they are count as an epoch's. Range: above zero. Default: null, as long as it takes.
    /// </summary>
    /// <remarks>With a budget the result depends on the speed of the machine; without, never.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan? TimeBudget
    {
        get;
        init
        {
            if (value <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(TimeBudget), value, $"{nameof(TimeBudget)} must be above zero.");
            field = value;
        }
    }

    /// <summary>Decides every random choice. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>The threads to compute with; 0 for one per core. The result is the same bits for any number. Range: 0 or more. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int NumberOfThreads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(NumberOfThreads));
            field = value;
        }
    }

    /// <summary>
    /// Told of each epoch as it ends, on the thread that trains; may end the run with <see cref="EpochMetrics.Stop"/>. Default: null.
    /// </summary>
    public IProgress<EpochMetrics>? Progress { get; init; }

    /// <summary>Called after each minibatch; what it throws ends the run. Default: null.</summary>
    public Action? Poll { get; init; }

    /// <summary>
    /// Stops the run after the current minibatch; the best weights of the epochs before are kept. Before the first epoch has ended there are
    /// none, and the run throws <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Which network of an ensemble the run trains, for the metrics.</summary>
    internal int EnsembleMember { get; init; } = 1;

    /// <summary>By what the listener ends the run; shared by the runs of an ensemble. Null: one for each run.</summary>
    internal StopSignal? StopSignal { get; init; }

    /// <summary>The clock that the run goes by.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    private static int AtLeastOne(int value, string name)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"{name} must be 1 or more.");
        return value;
    }
}
