namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Trains a network: the page to read first. Each epoch visits all rows once, in a new order, a minibatch at a time; each minibatch goes
/// forward through the layers, the loss says how wrong the outputs are, the gradient goes backward, and the optimizer takes a step.
/// </summary>
public sealed class TrainingLoop
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
    private readonly long _start;
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
        _start = options.Clock.GetTimestamp();
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
    /// <exception cref="OperationCanceledException">The run was cancelled before the first epoch had ended.</exception>
    /// <exception cref="TrainingDivergedException">The loss was not a finite number before the first epoch had ended.</exception>
    public static TrainingHistory Run(Network network, ExampleSource training, ExampleSource? validation, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        if (training.RowCount == 0) throw new ArgumentException("There are no rows to learn from.", nameof(training));
        CheckFits(network, training, options.Loss, nameof(training));
        if (validation is { RowCount: > 0 }) CheckFits(network, validation, options.Loss, nameof(validation));
        if (options.NormalizeTargets && network.Layers[^1].Activation != Activation.Identity)
            throw new ArgumentException("Targets can be standardised only where the last layer has no activation, since it takes the standardisation in.", nameof(options));
        if (options.NormalizeTargets && training.TargetsAreFeatures)
            throw new ArgumentException("The targets of an autoencoder are its features, which NormalizeFeatures standardises on both sides: leave NormalizeTargets false.", nameof(options));
        if (options.Optimizer is LbfgsOptimizer && options.UnfitForFullBatch is string option)
            throw new ArgumentException($"L-BFGS compares the loss from step to step and begins each run afresh, so that {option} does not go with it: leave that out, or take another optimizer.", nameof(options));
        if (options.ImageDistortion != null) CheckImages(training, options);

        training = training.WithoutWeightless();
        validation = validation?.WithoutWeightless();
        TargetScaling? targetScaling = Begin(network, training, options);
        if (options.OptimizerState is { StepCount: 0 } fresh) fresh.Begin(network, options.Optimizer, learnsGains: !training.TargetsAreFeatures);
        options.OptimizerState?.CheckIsFor(network, options.Optimizer);
        var loop = new TrainingLoop(network, training, validation, options, targetScaling);
        try
        {
            return loop.Run();
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested && loop._best is { BestEpoch: > 0 } best)
        {
            return loop.Stop(best, StopReason.Cancelled, epoch: 0); // while rows were read
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
            return network.OutputStage == null || training.TargetsAreFeatures ? null : TargetScaling.Of(network.OutputStage, unit);

        // Only what is linear can be taken out of the weights of a network that has no stages, as those of earlier versions have none.
        bool isAutoencoder = training.TargetsAreFeatures;
        InputStage? inputs = !options.NormalizeFeatures ? null
            : options.InputStage is { } measured && !options.WarmStart ? measured.Clone()
            : InputStageRules.Measure(training, options.ColumnHints ?? ColumnHints.None, bounded: !isAutoencoder && !options.WarmStart, marked: !options.WarmStart, options.Threads);
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
        long step = 0;

        for (int epoch = 1; epoch <= _options.NumberOfEpochs; epoch++)
        {
            minibatches.Begin();
            double lossSum = 0;
            float learningRateFactor = 1;
            long visited = 0;
            StopReason? stop = null;
            for (int batch = 1; stop == null && minibatches.Next(workspace); batch++)
            {
                int rows = workspace.Batch.Rows;
                state.CatchUp(workspace);
                _network.Forward(workspace, dropout, step);
                double loss = _loss.Evaluate(workspace);
                if (!double.IsFinite(loss)) return Stop(best, StopReason.Diverged, epoch, batch, loss);
                learningRateFactor = _options.LearningRateSchedule.Factor(new TrainingMoment(step++, minibatches.Count, _options.NumberOfEpochs, _epochs));
                if (penalty == null && clipping == null) _options.Optimizer.BackwardAndStep(_network, workspace, state, learningRateFactor);
                else
                {
                    _network.Backward(workspace);
                    penalty?.AddGradient(_network, workspace, scale: 1f / rows);
                    clipping?.Apply(workspace);
                    _options.Optimizer.Step(_network, workspace, state, learningRateFactor);
                }

                if (_options.MaximumWeightNorm is float maximumWeightNorm) WeightNormLimit.Apply(maximumWeightNorm, _network, workspace);
                lossSum += loss * rows;
                visited += rows;

                _options.Poll?.Invoke();
                stop = AskedToStop();
            }

            state.CatchUpAll(workspace.Team);

            // Where the time ends before the first epoch does, what there is is kept; else a part of an epoch is not.
            bool isWhole = visited == _training.RowCount;
            if (!isWhole && !(stop == StopReason.TimeBudget && epoch == 1)) return Stop(best, stop!.Value, epoch);

            // What the last step did to the weights shows in no loss of this epoch.
            if (!_network.HasFiniteParameters) return Stop(best, StopReason.Diverged, epoch, (int)((visited + batchSize - 1) / batchSize), double.NaN);

            bool patienceIsOver = Finish(epoch, lossSum / visited, learningRateFactor, workspace, best);
            stop = AskedToStop(); // once more, for the listener may have asked
            if (stop is StopReason.Cancelled or StopReason.StopRequested) return Stop(best, stop.Value, epoch);
            if (patienceIsOver) return Stop(best, StopReason.EarlyStopping, epoch);
            if (stop == StopReason.TimeBudget && !(isWhole && epoch == _options.NumberOfEpochs)) return Stop(best, StopReason.TimeBudget, epoch);
        }

        return Stop(best, StopReason.Completed, _options.NumberOfEpochs);
    }

    /// <summary>Trains on all rows at a time: an epoch is one iteration of L-BFGS.</summary>
    private TrainingHistory Run(LbfgsOptimizer optimizer, Workspace workspace)
    {
        var best = new EarlyStopping(_network, _options);
        int epoch = 1;
        try
        {
            using var objective = new LossObjective(_network, _training, _network.InputStage, _targetScaling, workspace, _options);
            var search = new LbfgsSearch(optimizer, objective, objective.Parameters);
            if (!double.IsFinite(search.Value)) return Stop(best, StopReason.Diverged, epoch, batch: 1, search.Value);
            for (; epoch <= _options.NumberOfEpochs; epoch++)
            {
                search.Iterate();
                double loss = objective.Accept(search.X, search.Value);
                if (!_network.HasFiniteParameters) return Stop(best, StopReason.Diverged, epoch, batch: 1, double.NaN);
                bool patienceIsOver = Finish(epoch, loss, (float)search.Step, workspace, best);
                StopReason? asked = AskedToStop();
                if (asked is StopReason.Cancelled or StopReason.StopRequested) return Stop(best, asked.Value, epoch);
                if (patienceIsOver) return Stop(best, StopReason.EarlyStopping, epoch);
                if (search.HasConverged) return Stop(best, StopReason.Converged, epoch);
                if (asked != null && epoch < _options.NumberOfEpochs) return Stop(best, asked.Value, epoch);
            }
        }
        catch (OperationCanceledException) when (_options.CancellationToken.IsCancellationRequested)
        {
            return Stop(best, StopReason.Cancelled, epoch); // in the middle of an iteration, which is not kept
        }

        return Stop(best, StopReason.Completed, _options.NumberOfEpochs);
    }

    private bool UsesEarlyStopping => _options.EarlyStopping && _validation != null;

    private TimeSpan Elapsed => _options.Clock.GetElapsedTime(_start);

    /// <summary>Whether something from outside ends the run.</summary>
    private StopReason? AskedToStop() =>
        _options.CancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : _stopSignal.IsRequested ? StopReason.StopRequested
        : _options.TimeBudget is { } budget && Elapsed >= budget ? StopReason.TimeBudget
        : null;

    /// <summary>Ends an epoch: measures, remembers, reports. Returns whether to stop early.</summary>
    private bool Finish(int epoch, double trainingLoss, float learningRateFactor, Workspace workspace, EarlyStopping best)
    {
        bool looks = !_options.JudgesAtRestOnly || _options.LearningRateSchedule.IsAtRest(epoch) || epoch == _options.NumberOfEpochs;
        Judgement? judged = looks ? _validation?.Judge(workspace) : null;
        bool isBest = true;
        if (UsesEarlyStopping) isBest = best.Observe(epoch, judged!.Value);
        else best.Keep(epoch, judged?.Factor ?? 1);

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
            Elapsed = Elapsed,
            StopSignal = _stopSignal,
        };
        _epochs.Add(metrics);
        _options.Progress?.Report(metrics);
        return UsesEarlyStopping && best.ShouldStop(epoch);
    }

    /// <summary>Ends the run with the best weights; the minibatch and its loss are those of a divergence.</summary>
    private TrainingHistory Stop(EarlyStopping best, StopReason reason, int epoch, int batch = 0, double loss = 0)
    {
        if (best.BestEpoch == 0)
        {
            if (reason == StopReason.Cancelled) _options.CancellationToken.ThrowIfCancellationRequested();
            throw reason == StopReason.Diverged
                ? new TrainingDivergedException(epoch, batch, loss, _options.Optimizer.LearningRate)
                : new TrainingDivergedException(epoch, _epochs[^1].ValidationLoss);
        }

        best.RestoreBest();
        if (_options.Calibrate && _options.Loss.GivesProbabilities) _network.OutputStage = OutputStage.OfFactor(best.BestFactor, _network.Outputs);
        return new TrainingHistory(_epochs, best.BestEpoch, reason);
    }

    private static void CheckImages(ExampleSource training, TrainingOptions options)
    {
        const string Option = nameof(TrainingOptions.ImageDistortion), Shape = nameof(TrainingOptions.ImageShape);
        if (options.ImageShape is not { } shape || shape.Length == 0)
            throw new ArgumentException($"{Option} needs to know how the pixels lie in a row: set {Shape}, for example to new ImageShape(28, 28).", nameof(options));
        if (shape.Length != training.FeatureCount)
            throw new ArgumentException($"{Shape} is {shape.Height} x {shape.Width} pixels of {shape.Channels}, but the rows have {training.FeatureCount} features: set it to the images' shape, or leave {Option} out.", nameof(options));
        if (training.IsSparse)
            throw new ArgumentException($"{Option} moves all pixels of an image, so that sparse rows do not go with it: give dense rows, or leave it out.", nameof(options));
        if (training.TargetsAreFeatures)
            throw new ArgumentException($"{Option} does not go with an autoencoder, which learns what its rows are like as they are: leave it out.", nameof(options));
    }

    private static void CheckFits(Network network, ExampleSource examples, Loss loss, string name)
    {
        if (examples.FeatureCount != network.Inputs)
            throw new ArgumentException($"The rows have {examples.FeatureCount} features, but the network takes {network.Inputs}.", name);
        int targets = loss.TargetsPerRow(network.Outputs);
        if (examples.TargetsPerRow != targets)
            throw new ArgumentException($"The rows have {examples.TargetsPerRow} targets, but the loss needs {targets} for {network.Outputs} outputs.", name);
    }
}
