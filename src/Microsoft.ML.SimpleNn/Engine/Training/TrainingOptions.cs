namespace Microsoft.ML.SimpleNn;

/// <summary>What a training run does, and for how long.</summary>
/// <remarks>
/// The range, unit and default of what is a number stand in <see cref="OptionConstraints"/>; a value out of range is an
/// <see cref="ArgumentOutOfRangeException"/> of its setter.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>What the training makes small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The rule for a step.</summary>
    /// <value>Default: Adam with learning rate 0.001.</value>
    public Optimizer Optimizer { get; init; } = new AdamOptimizer();

    /// <summary>How the learning rate changes over the run; ignored by L-BFGS.</summary>
    /// <value>Default: constant.</value>
    public LearningRateSchedule LearningRateSchedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The most passes over the training rows; with L-BFGS the most iterations.</summary>
    public int NumberOfEpochs { get; init => field = OptionConstraints.NumberOfEpochs.Check(value); } = OptionConstraints.NumberOfEpochs.Default;

    /// <summary>The rows of a minibatch; the last of an epoch may have fewer.</summary>
    public int BatchSize { get; init => field = OptionConstraints.BatchSize.Check(value); } = OptionConstraints.BatchSize.Default;

    /// <summary>An L1 penalty on the weights, biases aside.</summary>
    /// <remarks>
    /// With n rows in a minibatch, the gradient of its mean loss grows by this / n * sign(w), the sign of 0 being 0. The losses that are reported do not
    /// contain it. With sparse rows it acts
    /// on a feature's weights in the steps in which the feature occurs.
    /// </remarks>
    public float L1Regularization { get; init => field = OptionConstraints.L1Regularization.Check(value); }

    /// <summary>An L2 penalty on the weights, biases aside, as the alpha of scikit-learn's MLPClassifier means it.</summary>
    /// <remarks>
    /// With n rows in a minibatch, the gradient of its mean loss grows by this / n * w. The losses that are reported do not contain it. With sparse rows it
    /// acts on a feature's weights in the
    /// steps in which the feature occurs.
    /// </remarks>
    public float L2Regularization { get; init => field = OptionConstraints.L2Regularization.Check(value); }

    /// <summary>The probability that a feature, after standardisation, is set to 0 in a step (<see cref="DropoutMasks"/>).</summary>
    public float InputDropout { get; init => field = OptionConstraints.InputDropout.Check(value); }

    /// <summary>The probability that an output of a hidden layer is set to 0 in a step (<see cref="DropoutMasks"/>).</summary>
    public float Dropout { get; init => field = OptionConstraints.Dropout.Check(value); }

    /// <summary>How the training rows, which are images, are distorted each time before the network sees them; validation rows never are.</summary>
    /// <remarks>
    /// The pixels are distorted as they are in the rows, before <see cref="InputStage"/>. Needs <see cref="ImageShape"/>, and dense rows; an autoencoder has
    /// none.
    /// </remarks>
    /// <value>Default: null, not at all.</value>
    public ImageDistortion? ImageDistortion { get; init; }

    /// <summary>How the pixels of an image lie in a row, for <see cref="ImageDistortion"/>.</summary>
    /// <value>Default: null, no images.</value>
    public ImageShape? ImageShape { get; init; }

    /// <summary>The largest norm of a step's gradient, all weights and biases together and the penalties included.</summary>
    /// <remarks>A longer gradient is multiplied by this / norm (Pascanu et al. 2013).</remarks>
    public float? MaximumGradientNorm { get; init => field = OptionConstraints.MaximumGradientNorm.Check(value); }

    /// <summary>The largest norm of the incoming weights of a unit, hidden or output, its bias aside.</summary>
    /// <remarks>
    /// After a step, longer ones are multiplied by this / norm (max-norm, Srivastava et al. 2014). In the first layer the weights are those of the standardised
    /// features; with sparse rows that
    /// layer is left out.
    /// </remarks>
    public float? MaximumWeightNorm { get; init => field = OptionConstraints.MaximumWeightNorm.Check(value); }

    /// <summary>In which direction the outputs may change as a feature grows, whatever is learned.</summary>
    /// <remarks>
    /// A number for each feature: 1 where the outputs may not fall as it grows, -1 where they may not rise, 0 where they may do either. It is held to by the
    /// signs of the weights, and holds to the bit. Needs hidden layers of <see cref="Activation.ReLU"/>, <see cref="Activation.LeakyReLU"/> or
    /// <see cref="Activation.Identity"/>, dense rows, and another optimizer than L-BFGS.
    /// </remarks>
    /// <value>Default: null, in either direction for all.</value>
    public IReadOnlyList<int>? MonotoneDirections { get; init; }

    /// <summary>Whether the network gets an <see cref="InputStage"/> that centres and scales the features, measured on the training rows.</summary>
    /// <remarks>A warm start keeps the stage that the network has.</remarks>
    /// <value>Default: true.</value>
    public bool NormalizeFeatures { get; init; } = true;

    /// <summary>What is known of the features beforehand, for the input stage.</summary>
    /// <value>Default: null, nothing.</value>
    internal ColumnHints? ColumnHints { get; init; }

    /// <summary>Whether the targets of losses for numbers are standardised.</summary>
    /// <remarks>
    /// Measured on the training rows, and reversed by the network's <see cref="OutputStage"/>, so that the network gives numbers in the unit of the targets.
    /// The losses of the history are then
    /// those of standardised targets. Needs a last layer without activation.
    /// </remarks>
    /// <value>Default: false.</value>
    public bool NormalizeTargets { get; init; }

    /// <summary>
    /// How much of each target is equal chances for all classes, in the gradients (label smoothing; Szegedy et al. 2016, Rethinking the Inception
    /// Architecture).
    /// </summary>
    /// <remarks>
    /// The network learns not to be certain, which <see cref="Calibrate"/> should put right afterwards. The losses that are reported are without. Losses for
    /// numbers have nothing to smooth.
    /// </remarks>
    public float LabelSmoothing { get; init => field = OptionConstraints.LabelSmoothing.Check(value); }

    /// <summary>
    /// Whether probabilities are calibrated: the outputs are divided by the temperature with which the validation loss is smallest (C. Guo et al. 2017, On
    /// Calibration of Modern Neural Networks).
    /// </summary>
    /// <remarks>
    /// The temperature is looked for at each epoch, and kept in the network's <see cref="OutputStage"/>. Validation losses are then those after it. Needs
    /// validation rows; losses for numbers
    /// have no temperature.
    /// </remarks>
    /// <value>Default: false.</value>
    public bool Calibrate { get; init; }

    /// <summary>Whether to go on from the network's weights, as a run before left them, instead of drawing new ones.</summary>
    /// <value>Default: false.</value>
    public bool WarmStart { get; init; }

    /// <summary>What the optimizer remembers when the run begins, and afterwards what it remembered at the weights that were kept.</summary>
    /// <remarks>
    /// Made by <see cref="Optimizer.CreateState(Network)"/> for this network and optimizer, and for a warm start left by the run before; in units of the
    /// standardised features. Schedules count
    /// the steps of the run, Adam all steps.
    /// </remarks>
    /// <value>Default: null, the optimizer starts afresh and its memory is dropped.</value>
    public OptimizerState? OptimizerState { get; init; }

    /// <summary>Draws the first weights.</summary>
    /// <value>Default: null, the one that suits each layer's activation.</value>
    public WeightInitializer? Initializer { get; init; }

    /// <summary>Whether to stop when the validation loss no longer falls, and to restore the best weights.</summary>
    /// <remarks>
    /// The best are those of the last epoch whose validation loss is within one standard error of the lowest, or with
    /// <see cref="LearningRateSchedule.WarmRestarts"/> of the cycle's end with
    /// the lowest. Needs validation rows.
    /// </remarks>
    /// <value>Default: true.</value>
    public bool EarlyStopping { get; init; } = true;

    /// <summary>
    /// The epochs without a new lowest validation loss before stopping; with <see cref="LearningRateSchedule.WarmRestarts"/> the first cycle without one is the
    /// last.
    /// </summary>
    public int Patience { get; init => field = OptionConstraints.Patience.Check(value); } = OptionConstraints.Patience.Default;

    /// <summary>How much lower than the lowest so far a validation loss must be to count as an improvement for <see cref="Patience"/>.</summary>
    public double MinimumImprovement { get; init => field = OptionConstraints.MinimumImprovement.Check(value); }

    /// <summary>How long the run may take, measured after each minibatch; the best weights so far are then kept.</summary>
    /// <remarks>
    /// Where not even the first epoch has ended, the weights as they are count as an epoch's. With a budget the result depends on the speed of the machine;
    /// without, never.
    /// </remarks>
    public TimeSpan? TimeBudget { get; init => field = OptionConstraints.TimeBudget.Check(value); }

    /// <summary>Decides every random choice.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>The threads to compute with; the result is the same bits for any number.</summary>
    public int? NumberOfThreads { get; init => field = OptionConstraints.NumberOfThreads.Check(value); }

    /// <summary>Told of each epoch as it ends, on the thread that trains; may end the run with <see cref="EpochMetrics.Stop"/>.</summary>
    /// <value>Default: null.</value>
    public IProgress<EpochMetrics>? Progress { get; init; }

    /// <summary>Called after each minibatch; what it throws ends the run.</summary>
    /// <value>Default: null.</value>
    internal Action? Poll { get; init; }

    /// <summary>Stops the run after the current minibatch; the best weights of the epochs before are kept.</summary>
    /// <remarks>Before the first epoch has ended there are none, and the run throws <see cref="OperationCanceledException"/>.</remarks>
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
    internal int Threads => NumberOfThreads ?? Environment.ProcessorCount;

    /// <summary>The first option set that L-BFGS cannot follow, or that carries over a memory; null for none.</summary>
    internal string? UnfitForFullBatch =>
        OptionConstraints.UnfitForFullBatch(LabelSmoothing, InputDropout, Dropout, ImageDistortion, MaximumGradientNorm, MaximumWeightNorm)?.Option
        ?? (OptimizerState is null ? null : nameof(OptimizerState))
        ?? (MonotoneDirections is null ? null : nameof(MonotoneDirections));

    /// <summary>The penalty on the weights; null for none.</summary>
    internal WeightPenalty? CreatePenalty() =>
        L1Regularization > 0 || L2Regularization > 0 ? new WeightPenalty { L1 = L1Regularization, L2 = L2Regularization } : null;

    /// <summary>What clips the gradients of a network; null for nothing.</summary>
    internal GradientClipping? CreateClipping(Network network) =>
        MaximumGradientNorm is float maximum ? new GradientClipping(maximum, network) : null;

    /// <summary>The masks of dropout; null for none.</summary>
    internal DropoutMasks? CreateDropout() => InputDropout > 0 || Dropout > 0 ? new DropoutMasks(InputDropout, Dropout, Seed) : null;

    /// <summary>The bounds of the weights of a network that has its input stage; null for none.</summary>
    internal MonotoneConstraints? CreateMonotoneConstraints(Network network) =>
        MonotoneDirections?.Any(direction => direction != 0) == true ? new MonotoneConstraints(network, MonotoneDirections) : null;

    /// <summary>What distorts the rows; null for nothing.</summary>
    internal DistortedImages? CreateImages() =>
        ImageDistortion is { IsIdentity: false } distortion ? new DistortedImages(distortion, ImageShape!.Value, Seed, Threads) : null;
}
