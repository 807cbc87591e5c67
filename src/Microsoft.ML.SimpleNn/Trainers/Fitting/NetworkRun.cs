using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The runs of the engine that a network takes, one or several: each with the options of the trainer, and what the plan and the phase add to them.
/// </summary>
/// <param name="job">The training.</param>
/// <param name="plan">What is decided where the options leave it open.</param>
/// <param name="member">Which network of the ensemble, from 0.</param>
internal sealed class NetworkRun(TrainingJob job, TrainingPlan plan, int member)
{
    private readonly TrainingOptions _options = job.Options.ToTrainingOptions(job.Recipe.Loss);

    /// <summary>What the network sees of the features; null for the features as they are, or as an earlier model saw them.</summary>
    public InputStage? Stage { get; init; }

    /// <summary>What the optimizer remembers; null for nothing.</summary>
    public OptimizerState? State { get; init; }

    /// <summary>How long a run may take; null for any time.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Whether the network is that of an earlier model.</summary>
    public bool IsContinued { get; init; }

    /// <summary>Trains a network, and tells the log.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="judges">The rows to judge by; null for none.</param>
    /// <param name="epochs">The most epochs.</param>
    /// <param name="phase">What for.</param>
    public TrainingHistory Train(Network network, ExampleSource rows, ExampleSource? judges, int epochs, TrainingPhase phase)
    {
        int networks = job.Options.NumberOfNetworks;
        string prefix = (networks == 1 ? "" : $"Network {member + 1}/{networks}: ") + (phase == TrainingPhase.Training ? "" : $"{phase}: ");
        job.Channel.Info(MessageSensitivity.None, $"{prefix}Training on {rows.RowCount} rows with {rows.FeatureCount} features, {judges?.RowCount ?? 0} rows " +
            $"for validation.");
        var log = new EpochLog(job.Channel, job.Options.Progress, prefix);
        TrainingHistory history = TrainingLoop.Run(network, rows, judges, OptionsFor(rows, judges, epochs, phase) with { Progress = log });
        log.ReportEnd(history);
        return history;
    }

    private TrainingOptions OptionsFor(ExampleSource rows, ExampleSource? judges, int epochs, TrainingPhase phase)
    {
        bool smooths = plan.Schedule.HasCycles && job.Options.Calibrate && job.Rows.Targets.TargetsAreClasses
            && (judges is not null || phase == TrainingPhase.Refit);
        return _options with
        {
            Optimizer = job.Recipe.Optimizer,
            LearningRateSchedule = plan.Schedule,
            NumberOfEpochs = epochs,
            BatchSize = plan.BatchSize,
            LabelSmoothing = job.Options.LabelSmoothing ?? (smooths ? SimpleNnDefaults.LabelSmoothing : 0),
            Calibrate = job.Options.Calibrate && judges is not null,
            Dropout = job.Options.Dropout > 0 ? job.Options.Dropout : job.Recipe.Dropout,
            ImageShape = job.Rows.ImageShape,
            InputStage = rows.RowCount == job.Rows.Training.RowCount || rows is not ExampleSet
                ? Stage
                : null, // what is held out has no say in where steps are; a stream is measured once
            ColumnHints = job.Rows.Hints,
            MonotoneDirections = job.Rows.Hints.Directions,
            NormalizeTargets = job.Recipe.NormalizeTargets,
            WarmStart = IsContinued,
            OptimizerState = State,
            Checkpoint = job.Checkpoint?.NextRun(),
            EnsembleMember = member + 1,
            Phase = phase,
            JudgesAtRestOnly = phase == TrainingPhase.Fold,
            EarlyStopping = job.Options.EarlyStopping && judges is not null && phase == TrainingPhase.Training,
            TimeBudget = TimeBudget,
            StopSignal = job.StopSignal,
            Seed = unchecked(job.Seed + member),
            Poll = job.Host.CheckAlive,
        };
    }
}
