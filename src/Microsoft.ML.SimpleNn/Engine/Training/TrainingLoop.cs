namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Trains a network: the page to read first. Each epoch visits all rows once, in a new order, a minibatch at a time; each minibatch goes
/// forward through the layers, the loss says how wrong the outputs are, the gradient goes backward, and the optimizer takes a step.
/// </summary>
internal sealed class TrainingLoop
{
    private readonly Network _network;
    private readonly ExampleSource _training;
    private readonly Validation? _validation;
    private readonly ExampleSource? _validationRows;
    private readonly TrainingOptions _options;
    private readonly Loss _loss;
    private readonly TargetScaling? _targetScaling;
    private readonly List<EpochMetrics> _epochs = [];
    private readonly StopSignal _stopSignal;
    private readonly RunClock _clock;
    private readonly TrainingPlace _place = new();
    private OptimizerState? _state;
    private EarlyStopping? _best;

    private TrainingLoop(Network network, ExampleSource training, ExampleSource? validation, TrainingOptions options, TargetScaling? targetScaling)
    {
        _network = network;
        _training = training;
        _validationRows = validation is { RowCount: > 0 } ? validation : null;
        _validation = _validationRows == null ? null : new Validation(network, _validationRows, targetScaling, options);
        _options = options;
        _loss = options.Loss.WithLabelSmoothing(options.LabelSmoothing);
        _targetScaling = targetScaling;
        _stopSignal = options.StopSignal ?? new StopSignal();
        _clock = new RunClock(options.Clock);
    }

    /// <summary>Trains <paramref name="network"/>, in place.</summary>
    /// <param name="network">
    /// The network; its weights are drawn anew unless the options say to go on from them. A run that ends with an exception leaves them as the
    /// last step made them.
    /// </param>
    /// <param name="training">The rows to learn from, 1 or more.</param>
    /// <param name="validation">Rows to judge by, for early stopping; null for none.</param>
    /// <param name="options">What to do, and for how long.</param>
    /// <returns>The course of the run. The same data, options and seed give the same bits on any number of threads.</returns>
    /// <exception cref="ArgumentException">
    /// There is no row, the data do not fit the network, the optimizer's state fits neither it nor the optimizer, or an option does not go with L-BFGS.
    /// </exception>
    /// <exception cref="InvalidDataException">The checkpoint that the run would go on from has other contents than were written.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled before the first epoch had ended.</exception>
    /// <exception cref="TrainingDivergedException">The loss was not a finite number before the first epoch had ended.</exception>
    public static TrainingHistory Run(Network network, ExampleSource training, ExampleSource? validation, TrainingOptions options)
    {
        TrainingChecks.Check(network, training, validation, options);
        training = training.WithoutWeightless();
        validation = validation?.WithoutWeightless();
        TargetScaling? targetScaling = Begin(network, training, options);
        if (options.OptimizerState is { StepCount: 0 } fresh) fresh.Begin(network, options.Optimizer, learnsGains: !training.TargetsAreFeatures);
        options.OptimizerState?.CheckIsFor(network, options.Optimizer);
        if (options.Checkpoint?.Recall(network, options) is { } finished) return End(network, options, finished);
        var loop = new TrainingLoop(network, training, validation, options, targetScaling);
        try
        {
            return loop.Run();
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested && loop._best is { BestEpoch: > 0 })
        {
            return loop.Stop(StopReason.Cancelled, epoch: 0); // while rows were read
        }
        catch
        {
            loop._state?.CatchUpAll(team: null); // of a run that goes on, an epoch's end does it
            throw;
        }
    }

    /// <summary>Draws the weights, and measures what the network's stages do to features and targets. A warm start goes on with what is there.</summary>
    private static TargetScaling? Begin(Network network, ExampleSource training, TrainingOptions options)
    {
        TargetUnit unit = options.NormalizeTargets ? options.Loss.TargetUnit : TargetUnit.AsGiven;
        if (options.WarmStart && (network.InputStage ?? (object?)network.OutputStage) != null)
        {
            if (network.OutputStage == null || training.TargetsAreFeatures) return null;
            TargetScaling? scaling = TargetScaling.Of(network.OutputStage, unit, training);
            // What never changed or was never known before may do so now.
            if (network.OutputStage.Scale.Contains(0)) network.OutputStage = scaling?.ToOutputStage() ?? network.OutputStage.WithKnown(training.MeasureTargets());
            return scaling;
        }

        // Only what is linear can be taken out of the weights of a network that has no stages, as those of earlier versions have none.
        bool isAutoencoder = training.TargetsAreFeatures;
        InputStage? inputs = !options.NormalizeFeatures ? null
            : options.InputStage is { } measured && !options.WarmStart ? measured.Clone()
            : InputStageRules.Measure(training, options.ColumnHints ?? ColumnHints.None, bounded: !isAutoencoder && !options.WarmStart, marked: !options.WarmStart, options.Loss.ClassesOf(network.Outputs), options.Threads);
        TargetScaling? targetScaling = TargetScaling.Measure(training, unit);
        if (options.WarmStart)
        {
            inputs?.UnfoldFrom(network.Layers[0]);
            targetScaling?.UnfoldFrom(network.Layers[^1]);
            if (isAutoencoder) inputs?.UnfoldFromOutputs(network.Layers[^1]);
            if (network.FindNotFinite() is { } found)
                throw new ArgumentException($"The network to go on from was trained on features or targets of another size than these, for which {found}: train a new one.", nameof(network));
        }

        network.SetInputStage(inputs);
        network.OutputStage = isAutoencoder ? inputs?.Inverse() : targetScaling?.ToOutputStage();
        if (options.WarmStart) return targetScaling;
        if (options.Initializer == null && options.Optimizer.Parametrization == Parametrization.NeuralTangent) network.InitializeNeuralTangent(options.Seed);
        else network.Initialize(options.Initializer, options.Seed);
        return targetScaling;
    }

    private TrainingHistory Run()
    {
        int batchSize = (int)Math.Min(_options.BatchSize, _training.RowCount);
        using var workspace = new Workspace(_network, batchSize, _options.Threads, _training, _validationRows);
        if (_options.Optimizer is LbfgsOptimizer lbfgs) return Run(lbfgs, workspace);

        using DistortedImages? images = _options.CreateImages();
        using Minibatches minibatches = _training.Minibatches(batchSize, _network.InputStage, _targetScaling, new RandomSource(_options.Seed, RandomStream.Shuffle), images);
        OptimizerState state = _state = _options.Optimizer.CreateState(_network, _training.IsSparse, learnsGains: !_training.TargetsAreFeatures);
        if (_options.OptimizerState != null) state.CopyFrom(_options.OptimizerState);
        EarlyStopping best = _best = new(_network, _options, state, _options.OptimizerState);
        WeightPenalty? penalty = _options.CreatePenalty();
        GradientClipping? clipping = _options.CreateClipping(_network);
        DropoutMasks? dropout = _options.CreateDropout();
        BeginOrGoOn(transfer => state.Transfer(transfer, _options.Optimizer), best);
        _place.Check(minibatches.Count, _training.RowCount);
        for (int epoch = 1; epoch < _place.Epoch; epoch++) minibatches.Skip();

        for (int epoch = _place.Epoch; epoch <= _options.NumberOfEpochs && !PatienceIsOver; epoch++)
        {
            _options.Checkpoint?.AtEpoch();
            minibatches.Begin();
            for (int batch = 0; batch < _place.Batch; batch++) minibatches.Next(workspace); // trained on before the interruption
            StopReason? stop = null;
            while (stop == null && minibatches.Next(workspace))
            {
                int rows = workspace.Batch.Rows;
                state.CatchUp(workspace);
                _network.Forward(workspace, dropout, _place.Step);
                double loss = _loss.Evaluate(workspace);
                if (!double.IsFinite(loss)) return Stop(StopReason.Diverged, epoch, _place.Step == 0 ? 0 : _place.Batch + 1, loss);
                float learningRateFactor = _options.LearningRateSchedule.Factor(new TrainingMoment(_place.Step, minibatches.Count, _options.NumberOfEpochs, _epochs));
                if (penalty == null && clipping == null) _options.Optimizer.BackwardAndStep(_network, workspace, state, learningRateFactor);
                else
                {
                    _network.Backward(workspace);
                    penalty?.AddGradient(_network, workspace, scale: 1f / rows);
                    clipping?.Apply(workspace);
                    _options.Optimizer.Step(_network, workspace, state, learningRateFactor);
                }

                if (_options.MaximumWeightNorm is float maximumWeightNorm) WeightNormLimit.Apply(maximumWeightNorm, _network, workspace);
                _place.Pass(rows, loss, learningRateFactor);

                _options.Checkpoint?.AtMinibatch();
                _options.Poll?.Invoke();
                stop = AskedToStop();
            }

            state.CatchUpAll(workspace.Team);

            // Where the time ends before the first epoch does, what there is is kept; else a part of an epoch is not.
            bool isWhole = _place.Visited == _training.RowCount;
            if (!isWhole && !(stop == StopReason.TimeBudget && epoch == 1)) return Stop(stop!.Value, epoch);

            // What the last step did to the weights shows in no loss of this epoch.
            if (!_network.HasFiniteParameters) return Stop(StopReason.Diverged, epoch, _place.Batch, double.NaN);

            Finish(_place.MeanLoss, _place.LearningRateFactor, workspace);
            stop = AskedToStop(); // once more, for the listener may have asked
            bool isLast = PatienceIsOver || (isWhole && epoch == _options.NumberOfEpochs);
            if (stop != null && !(stop == StopReason.TimeBudget && isLast)) return Stop(stop.Value, epoch);
        }

        return Stop(PatienceIsOver ? StopReason.EarlyStopping : StopReason.Completed, _epochs.Count);
    }

    /// <summary>Trains on all rows at a time: an epoch is one iteration of L-BFGS.</summary>
    private TrainingHistory Run(LbfgsOptimizer optimizer, Workspace workspace)
    {
        EarlyStopping best = _best = new(_network, _options);
        try
        {
            using var objective = new LossObjective(_network, _training, _network.InputStage, _targetScaling, workspace, _options);
            var search = new LbfgsSearch(optimizer, objective, objective.Parameters);
            if (!double.IsFinite(search.Value)) return Stop(StopReason.Diverged, epoch: 1, batch: 0, search.Value);
            BeginOrGoOn(search.Transfer, best);
            while (_place.Epoch <= _options.NumberOfEpochs && !PatienceIsOver && !search.HasConverged)
            {
                _options.Checkpoint?.AtEpoch();
                search.Iterate();
                double loss = objective.Accept(search.X, search.Value);
                if (!_network.HasFiniteParameters) return Stop(StopReason.Diverged, _place.Epoch, batch: 1, double.NaN);
                Finish(loss, (float)search.Step, workspace);
                StopReason? asked = AskedToStop();
                bool isLast = _place.Epoch > _options.NumberOfEpochs || PatienceIsOver || search.HasConverged;
                if (asked != null && !(asked == StopReason.TimeBudget && isLast)) return Stop(asked.Value, _epochs.Count);
            }

            return Stop(PatienceIsOver ? StopReason.EarlyStopping : search.HasConverged ? StopReason.Converged : StopReason.Completed, _epochs.Count);
        }
        catch (OperationCanceledException) when (_options.CancellationToken.IsCancellationRequested)
        {
            return Stop(StopReason.Cancelled, _place.Epoch); // in the middle of an iteration, which is not kept
        }
    }

    /// <summary>Begins the checkpoint of the run, where there is one; what it remembers takes the place of the state as it is.</summary>
    private void BeginOrGoOn(Action<StateTransfer> method, EarlyStopping best) =>
        _options.Checkpoint?.Begin(new RunState(_network, method, best, _place, _clock, _epochs, _options));

    private bool UsesEarlyStopping => _options.EarlyStopping && _validation != null;

    private bool PatienceIsOver => UsesEarlyStopping && _best!.ShouldStop(_epochs.Count);

    /// <summary>Whether something from outside ends the run.</summary>
    private StopReason? AskedToStop() =>
        _options.CancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : _stopSignal.IsRequested ? StopReason.StopRequested
        : _options.TimeBudget is { } budget && _clock.Elapsed >= budget ? StopReason.TimeBudget
        : null;

    /// <summary>Ends an epoch: measures, remembers, reports.</summary>
    private void Finish(double trainingLoss, float learningRateFactor, Workspace workspace)
    {
        int epoch = _place.Epoch;
        bool looks = !_options.JudgesAtRestOnly || _options.LearningRateSchedule.IsAtRest(epoch) || epoch == _options.NumberOfEpochs;
        Judgement? judged = looks ? _validation?.Judge(workspace) : null;
        bool isBest = true;
        if (UsesEarlyStopping) isBest = _best!.Observe(epoch, judged!.Value);
        else _best!.Keep(epoch, judged?.Factor ?? 1);

        var metrics = new EpochMetrics
        {
            EnsembleMember = _options.EnsembleMember,
            Phase = _options.Phase,
            Factor = judged?.Factor ?? 1,
            Epoch = epoch,
            NumberOfEpochs = _options.NumberOfEpochs,
            TrainingLoss = trainingLoss,
            ValidationLoss = judged?.Loss,
            ValidationAccuracy = judged?.Accuracy,
            LearningRate = _options.Optimizer.LearningRate * learningRateFactor,
            IsBest = isBest,
            Elapsed = _clock.Elapsed,
            StopSignal = _stopSignal,
        };
        _epochs.Add(metrics);
        _place.EndEpoch();
        _options.Progress?.Report(metrics);
    }

    /// <summary>Ends the run with the best weights; the minibatch and its loss are those of a divergence, 0 where no step had been taken.</summary>
    private TrainingHistory Stop(StopReason reason, int epoch, int batch = 0, double loss = 0)
    {
        EarlyStopping best = _best!;
        if (RunCheckpoint.IsStop(reason)) _options.Checkpoint?.Save();
        if (best.BestEpoch == 0)
        {
            if (reason == StopReason.Cancelled) _options.CancellationToken.ThrowIfCancellationRequested();
            throw reason == StopReason.Diverged
                ? new TrainingDivergedException(epoch, batch, loss, _options.Optimizer.LearningRate)
                : new TrainingDivergedException(epoch, _epochs[^1].ValidationLoss);
        }

        best.RestoreBest();
        bool isKept = _options.Phase != TrainingPhase.Fold || reason != StopReason.Completed; // of folds the losses are asked for
        var finished = new FinishedRun(isKept ? _network : null, _options, new TrainingHistory(_epochs, best.BestEpoch, reason), best.BestFactor);
        _options.Checkpoint?.Finish(finished);
        return End(_network, _options, finished);
    }

    private static TrainingHistory End(Network network, TrainingOptions options, FinishedRun finished)
    {
        if (options.Calibrate && options.Loss.GivesProbabilities) network.OutputStage = OutputStage.OfFactor(finished.Factor, network.Outputs);
        return finished.History;
    }
}
