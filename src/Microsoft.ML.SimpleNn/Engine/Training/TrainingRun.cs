namespace Microsoft.ML.SimpleNn;

/// <summary>One run of training: what it works with, where it is, and what it has found so far.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly PreparedRows _rows;
    private readonly Validation? _validation;
    private readonly DistortedImages? _images;
    private readonly EarlyStopping _best;
    private readonly List<EpochMetrics> _epochs = [];
    private readonly EpochLosses _losses;
    private readonly StopSignal _stopSignal;
    private readonly RunClock _clock;

    /// <summary>Prepares a run.</summary>
    /// <param name="network">The network, prepared for the rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">What to do, and for how long.</param>
    public TrainingRun(Network network, PreparedRows rows, TrainingOptions options)
    {
        (Network, _rows, Options) = (network, rows, options);
        Loss = options.Loss.WithLabelSmoothing(options.LabelSmoothing);
        _validation = rows.Validation == null ? null : new Validation(network, rows.Validation, rows.TargetScaling, options);
        _stopSignal = options.StopSignal ?? new StopSignal();
        _clock = new RunClock(options.Clock);
        Stopping = new Stopping(options, _clock, _stopSignal);
        _losses = new EpochLosses(_epochs);
        Step = new TrainingStep(network, options, rows.Training);
        _best = new EarlyStopping(network, options, Step.State, options.OptimizerState);
        Workspace = rows.Training.CreateWorkspace(network, (int)Math.Min(options.BatchSize, rows.Training.RowCount), options.Threads, rows.Validation);
        _images = options.CreateImages();
    }

    /// <summary>The network in training.</summary>
    public Network Network { get; }

    /// <summary>What to do, and for how long.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The loss of training, with its smoothing.</summary>
    public Loss Loss { get; }

    /// <summary>What is written to while training.</summary>
    public Workspace Workspace { get; }

    /// <summary>What a minibatch does to the weights.</summary>
    public TrainingStep Step { get; }

    /// <summary>Where the run is in its data.</summary>
    public TrainingPlace Place { get; } = new();

    /// <summary>Why the run ends.</summary>
    public Stopping Stopping { get; }

    /// <summary>Whether the run was cancelled, and has weights of an epoch that has ended.</summary>
    public bool IsCancelledWithWeights => Options.CancellationToken.IsCancellationRequested && _best.BestEpoch > 0;

    private bool UsesEarlyStopping => Options.EarlyStopping && _validation != null;

    private bool PatienceIsOver => UsesEarlyStopping && _best.ShouldStop(_epochs.Count);

    /// <summary>The rows as minibatches in a new order for each epoch, at the place where the run begins or goes on.</summary>
    public Minibatches BeginMinibatches()
    {
        Minibatches minibatches = _rows.Training.Minibatches(
            Workspace.MaximumRows, Network.InputStage, _rows.TargetScaling, new RandomSource(Options.Seed, RandomStream.Shuffle), _images);
        BeginOrGoOn(checkpoint => Step.State.Transfer(checkpoint, Options.Optimizer));
        Place.Check(minibatches.Count, _rows.Training.RowCount);
        for (int epoch = 1; epoch < Place.Epoch; epoch++) minibatches.Skip();
        return minibatches;
    }

    /// <summary>The loss of all rows as a function of the parameters.</summary>
    public LossObjective CreateObjective() => new(Network, _rows.Training, _rows.TargetScaling, Workspace, Options);

    /// <summary>Begins the checkpoint of the run, where there is one; what it remembers takes the place of the state as it is.</summary>
    /// <param name="method">Transfers what the optimizer, or the search of a full-batch method, remembers.</param>
    public void BeginOrGoOn(Action<StateTransfer> method) =>
        Options.Checkpoint?.Begin(new RunState(Network, method, _best, Place, _clock) { Epochs = _epochs, Options = Options });

    /// <summary>Begins an epoch, or goes on with the one in which the run was interrupted; false where there is to be none.</summary>
    public bool BeginEpoch(Minibatches minibatches)
    {
        if (!BeginEpoch()) return false;
        minibatches.Begin();
        for (int batch = 0; batch < Place.Batch; batch++) minibatches.Next(Workspace); // trained on before the interruption
        return true;
    }

    /// <summary>Begins an epoch of a full-batch method; false where there is to be none.</summary>
    public bool BeginEpoch(bool hasConverged = false)
    {
        if (!Stopping.GoesOn(Place.Epoch, PatienceIsOver, hasConverged)) return false;
        Options.Checkpoint?.AtEpoch();
        return true;
    }

    /// <summary>What the schedule multiplies the learning rate by in the next step.</summary>
    public float LearningRateFactor(int stepsPerEpoch) =>
        Options.LearningRateSchedule.Factor(new TrainingMoment(Place.Step, stepsPerEpoch, Options.NumberOfEpochs, _losses));

    /// <summary>A step was taken.</summary>
    public void EndMinibatch(double loss, float learningRateFactor)
    {
        Place.Pass(Workspace.Batch.Rows, loss, learningRateFactor);
        Options.Checkpoint?.AtMinibatch();
        Options.Poll?.Invoke();
        Stopping.AfterMinibatch();
    }

    /// <summary>Ends an epoch of minibatches: judges the network, keeps the best weights, reports, and asks whether to go on.</summary>
    public void EndEpoch()
    {
        Step.End(Workspace.Team);
        // Where the time ends before the first epoch does, what there is is kept; else a part of an epoch is not.
        bool isWhole = Place.Visited == _rows.Training.RowCount;
        if (!isWhole && !(Stopping.Reason == StopReason.TimeBudget && Place.Epoch == 1)) return;
        EndEpoch(Place.MeanLoss, Place.LearningRateFactor, Place.Batch, isLast: isWhole && Place.Epoch == Options.NumberOfEpochs);
    }

    /// <summary>Ends an epoch: judges the network, keeps the best weights, reports, and asks whether to go on.</summary>
    /// <param name="trainingLoss">The mean loss of the training rows.</param>
    /// <param name="learningRateFactor">What the learning rate was multiplied by last.</param>
    /// <param name="batch">The last minibatch, counted from 1.</param>
    /// <param name="isLast">Whether there would be no other epoch.</param>
    public void EndEpoch(double trainingLoss, float learningRateFactor, int batch, bool isLast)
    {
        if (Stopping.HasDiverged(Network, Place.Epoch, batch)) return;
        EpochMetrics metrics = Judge(trainingLoss, learningRateFactor);
        _epochs.Add(metrics);
        Place.EndEpoch();
        Options.Progress?.Report(metrics);
        Stopping.AfterEpoch(isLast || PatienceIsOver);
    }

    /// <summary>The run ends with an exception: the network has the weights as the last step made them.</summary>
    public void Abandon() => Step.End(team: null);

    /// <summary>Ends the run with the best weights.</summary>
    public TrainingHistory End()
    {
        StopReason reason = Stopping.Reason!.Value;
        if (RunCheckpoint.IsStop(reason)) Options.Checkpoint?.Save();
        if (_best.BestEpoch == 0) Stopping.ThrowWithoutWeights(_epochs);
        _best.RestoreBest();
        bool isKept = Options.Phase != TrainingPhase.Fold || reason != StopReason.Completed; // of folds the losses are asked for
        var finished = new FinishedRun(isKept ? Network : null, Options, new TrainingHistory(_epochs, _best.BestEpoch, reason), _best.BestFactor);
        Options.Checkpoint?.Finish(finished);
        return finished.End(Network);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _images?.Dispose();
        Workspace.Dispose();
    }

    private EpochMetrics Judge(double trainingLoss, float learningRateFactor)
    {
        int epoch = Place.Epoch;
        bool looks = !Options.JudgesAtRestOnly || Options.LearningRateSchedule.IsAtRest(epoch) || epoch == Options.NumberOfEpochs;
        Judgement? judged = looks ? _validation?.Judge(Workspace) : null;
        bool isBest = true;
        if (UsesEarlyStopping) isBest = _best.Observe(epoch, judged!.Value);
        else _best.Keep(epoch, judged?.Factor ?? 1);
        return new EpochMetrics
        {
            EnsembleMember = Options.EnsembleMember,
            Phase = Options.Phase,
            Factor = judged?.Factor ?? 1,
            Epoch = epoch,
            NumberOfEpochs = Options.NumberOfEpochs,
            TrainingLoss = trainingLoss,
            ValidationLoss = judged?.Loss,
            ValidationAccuracy = judged?.Accuracy,
            LearningRate = Options.Optimizer.LearningRate * learningRateFactor,
            IsBest = isBest,
            Elapsed = _clock.Elapsed,
            StopSignal = _stopSignal,
        };
    }
}
