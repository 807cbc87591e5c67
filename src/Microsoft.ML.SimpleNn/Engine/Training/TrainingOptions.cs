namespace Microsoft.ML.SimpleNn;

/// <summary>What a training run does, and for how long.</summary>
public sealed class TrainingOptions
{
    /// <summary>What is made small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The rule for a step. Default: Adam with learning rate 0.001.</summary>
    public Optimizer Optimizer { get; init; } = new AdamOptimizer();

    /// <summary>How the learning rate changes over the run; ignored by L-BFGS. Default: constant.</summary>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The most passes over the training rows; with L-BFGS the most iterations. Range: 1 or more. Default: 100.</summary>
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
    /// An L1 penalty on the weights, biases aside: with n rows in a minibatch, the gradient of its mean loss grows by this / n * sign(w), the sign of 0 being
    /// 0. The losses that are reported do not contain it. With sparse rows it acts on a feature's weights in the steps in which the feature occurs. Range: 0 or more, and finite. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float L1Regularization
    {
        get;
        init => field = NotNegative(value, nameof(L1Regularization));
    }

    /// <summary>
    /// An L2 penalty on the weights, biases aside, as the alpha of scikit-learn's MLPClassifier means it: with n rows in a minibatch, the gradient of its mean
    /// loss grows by this / n * w. The losses that are reported do not contain it. With sparse rows it acts on a feature's weights in the steps in which the
    /// feature occurs. Range: 0 or more, and finite. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float L2Regularization
    {
        get;
        init => field = NotNegative(value, nameof(L2Regularization));
    }

    /// <summary>
    /// The probability that a feature, after standardisation, is set to 0 in a step (<see cref="DropoutMasks"/>). Range: 0 up to, but not including, 1. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float InputDropout
    {
        get;
        init => field = Fraction(value, nameof(InputDropout));
    }

    /// <summary>The probability that an output of a hidden layer is set to 0 in a step (<see cref="DropoutMasks"/>). Range: 0 up to, but not including, 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Dropout
    {
        get;
        init => field = Fraction(value, nameof(Dropout));
    }

    /// <summary>
    /// How the training rows, which are images, are distorted each time before the network sees them; validation rows never are. The pixels are distorted as they are in the rows,
    /// before <see cref="InputStage"/>. Needs <see cref="ImageShape"/>, and dense rows; an autoencoder has none. Default: null, not at all.
    /// </summary>
    public ImageDistortion? ImageDistortion { get; init; }

    /// <summary>How the pixels of an image lie in a row, for <see cref="ImageDistortion"/>. Default: null, no images.</summary>
    public ImageShape? ImageShape { get; init; }

    /// <summary>
    /// The largest norm of a step's gradient, all weights and biases together and the penalties included: a longer one is multiplied by this / norm (Pascanu et
    /// al. 2013). Range: above 0, and finite; null for any. Default: null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float? MaximumGradientNorm
    {
        get;
        init => field = Positive(value, nameof(MaximumGradientNorm));
    }

    /// <summary>
    /// The largest norm of the incoming weights of a unit, hidden or output, its bias aside: after a step, longer ones are multiplied by this / norm (max-norm,
    /// Srivastava et al. 2014). In the first layer the weights are those of the standardised features; with sparse rows that layer is left out. Range:
    /// above 0, and finite; null for any. Default: null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float? MaximumWeightNorm
    {
        get;
        init => field = Positive(value, nameof(MaximumWeightNorm));
    }

    /// <summary>
    /// Whether the network gets an <see cref="InputStage"/> that centres and scales the features, measured on the training rows. A warm start keeps the stage that the
    /// network has. Default: true.
    /// </summary>
    public bool NormalizeFeatures { get; init; } = true;

    /// <summary>What is known of the features beforehand, for the input stage. Default: null, nothing.</summary>
    public ColumnHints? ColumnHints { get; init; }

    /// <summary>
    /// Whether the targets of losses for numbers are standardised: measured on the training rows, and reversed by the network's <see cref="OutputStage"/>, so that
    /// the network gives numbers in the unit of the targets. The losses of the history are then those of standardised targets. Needs a last layer
    /// without activation. Default: false.
    /// </summary>
    public bool NormalizeTargets { get; init; }

    /// <summary>
    /// How much of each target is equal chances for all classes, in the gradients (label smoothing; Szegedy et al. 2016, Rethinking the Inception Architecture): the network
    /// learns not to be certain, which <see cref="Calibrate"/> should put right afterwards. The losses that are reported are without. Losses for numbers have nothing to smooth.
    /// Range: 0 up to, but not including, 1; 0.1 is usual. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float LabelSmoothing
    {
        get;
        init => field = Fraction(value, nameof(LabelSmoothing));
    }

    /// <summary>
    /// Whether probabilities are calibrated: the outputs are divided by the temperature with which the validation loss is smallest (C. Guo et al. 2017, On Calibration of
    /// Modern Neural Networks), looked for at each epoch, and kept in the network's <see cref="OutputStage"/>. Validation losses are then those after it. Needs validation
    /// rows; losses for numbers have no temperature. Default: false.
    /// </summary>
    public bool Calibrate { get; init; }

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
    /// loss is within one standard error of the lowest, or with <see cref="LearningRateSchedule.WarmRestarts"/> of the cycle's end with the lowest. Needs validation rows. Default: true.
    /// </summary>
    public bool EarlyStopping { get; init; } = true;

    /// <summary>The epochs without a new lowest validation loss before stopping; with <see cref="LearningRateSchedule.WarmRestarts"/> the first cycle without one is the last. Range: 1 or more. Default: 10.</summary>
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
                throw OutOfRange.Exception(nameof(MinimumImprovement), value, $"{nameof(MinimumImprovement)} must be 0 or more, and finite.");
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
            if (value <= TimeSpan.Zero) throw OutOfRange.Exception(nameof(TimeBudget), value, $"{nameof(TimeBudget)} must be above zero.");
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
            if (value < 0) throw OutOfRange.Exception(nameof(NumberOfThreads), value, $"{nameof(NumberOfThreads)} must be 0 or more.");
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

    /// <summary>The input stage of the network, where it was measured before; null to measure one.</summary>
    internal InputStage? InputStage { get; init; }

    /// <summary>What the run goes on from when it is interrupted; null for nothing.</summary>
    internal RunCheckpoint? Checkpoint { get; init; }

    /// <summary>Whether the validation rows are looked at only where the schedule is at rest: who compares runs there asks for no more.</summary>
    internal bool JudgesAtRestOnly { get; init; }

    /// <summary>What the run is for, for the metrics.</summary>
    internal TrainingPhase Phase { get; init; }

    /// <summary>Which network of an ensemble the run trains, for the metrics.</summary>
    internal int EnsembleMember { get; init; } = 1;

    /// <summary>By what the listener ends the run; shared by the runs of an ensemble. Null: one for each run.</summary>
    internal StopSignal? StopSignal { get; init; }

    /// <summary>The clock that the run goes by.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The threads to compute with, where none are given those of the machine.</summary>
    internal int Threads => NumberOfThreads > 0 ? NumberOfThreads : Environment.ProcessorCount;

    /// <summary>The first option set that L-BFGS cannot follow, since it changes loss, gradient or weights from step to step or carries over a memory; null for none.</summary>
    internal string? UnfitForFullBatch =>
        LabelSmoothing > 0 ? nameof(LabelSmoothing)
        : InputDropout > 0 ? nameof(InputDropout)
        : Dropout > 0 ? nameof(Dropout)
        : ImageDistortion != null ? nameof(ImageDistortion)
        : MaximumGradientNorm != null ? nameof(MaximumGradientNorm)
        : MaximumWeightNorm != null ? nameof(MaximumWeightNorm)
        : OptimizerState != null ? nameof(OptimizerState)
        : null;

    /// <summary>The penalty on the weights; null for none.</summary>
    internal WeightPenalty? CreatePenalty() =>
        L1Regularization > 0 || L2Regularization > 0 ? new WeightPenalty { L1 = L1Regularization, L2 = L2Regularization } : null;

    /// <summary>What clips the gradients of a network; null for nothing.</summary>
    internal GradientClipping? CreateClipping(Network network) =>
        MaximumGradientNorm is float maximum ? new GradientClipping(maximum, network) : null;

    /// <summary>The masks of dropout; null for none.</summary>
    internal DropoutMasks? CreateDropout() => InputDropout > 0 || Dropout > 0 ? new DropoutMasks(InputDropout, Dropout, Seed) : null;

    /// <summary>What distorts the rows; null for nothing.</summary>
    internal DistortedImages? CreateImages() => ImageDistortion is { IsIdentity: false } distortion ? new DistortedImages(distortion, ImageShape!.Value, Seed, Threads) : null;

    private static float NotNegative(float value, string name)
    {
        if (!(value >= 0 && float.IsFinite(value))) throw OutOfRange.Exception(name, value, $"{name} must be 0 or more, and finite.");
        return value;
    }

    private static float Fraction(float value, string name)
    {
        if (value is not (>= 0 and < 1)) throw OutOfRange.Exception(name, value, $"{name} must be from 0 up to, but not including, 1.");
        return value;
    }

    private static float? Positive(float? value, string name)
    {
        if (value is float number && !(number > 0 && float.IsFinite(number))) throw OutOfRange.Exception(name, value, $"{name} must be above 0, and finite.");
        return value;
    }

    private static int AtLeastOne(int value, string name)
    {
        if (value < 1) throw OutOfRange.Exception(name, value, $"{name} must be 1 or more.");
        return value;
    }
}
