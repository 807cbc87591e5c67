using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Trains one network of a training: measures the features, makes the plan, and lets rows held out, given, or folds tell how long.</summary>
/// <param name="job">The training.</param>
internal sealed class NetworkTraining(TrainingJob job)
{
    private SimpleNnOptionsBase Options => job.Options;

    private TrainingRows Rows => job.Rows;

    /// <summary>Trains it.</summary>
    /// <param name="member">Which network of the ensemble, from 0.</param>
    /// <param name="timeBudget">How long it may take; null for any time.</param>
    public FittedNetwork Train(int member, TimeSpan? timeBudget)
    {
        int seed = unchecked(job.Seed + member);
        // Of an ensemble the first network tells: the mean of several is nearer to the label, so that the interval is rather too wide than too narrow.
        HeldOutErrors? errors = member == 0 && job.Recipe.Coverage is float coverage
            ? new HeldOutErrors(coverage, job.Recipe.Loss, Options.EarlyStopping)
            : null;
        return Train(member, timeBudget, seed, errors) with { Errors = errors };
    }

    private FittedNetwork Train(int member, TimeSpan? timeBudget, int seed, HeldOutErrors? errors)
    {
        TrainedNetwork? earlier = job.Earlier?[member];
        CheckSizes(Options.HiddenLayers ?? TrainingPlan.FewestUnits); // before the features are measured, which takes memory too
        InputStage? stage = Options.NormalizeFeatures && earlier is null ? Measure() : null;
        TrainingPlan plan = TrainingPlan.For(
            Options, Rows.Training.RowCount, stage ?? earlier?.Network.InputStage, Rows.Training.IsSparse, job.Recipe.FewestEpochs);
        CheckSizes(plan.HiddenLayers);
        Network first = earlier?.Network.Clone() ?? NetworkShape.Create(job.Host, Options, Rows, plan.HiddenLayers);
        if (earlier is null && Rows.Targets.ConstantOutput is float output)
        {
            NetworkShape.MakeConstant(first, stage, output, seed);
            errors?.Add(first, Rows.Training, seed);
            return new(new TrainedNetwork(first, new TrainingHistory([], 0, StopReason.Completed), OptimizerState: null), Rows.Training, Rows.Validation);
        }

        OptimizerState? state = EarlierModel.StateFor(job, first, earlier);
        if (earlier is null)
            job.Channel.Info(MessageSensitivity.None, $"Hidden layers [{string.Join(", ", plan.HiddenLayers)}]: {plan.Reason}.");
        NetworkRun run = new(job, plan, member) { Stage = stage, State = state, TimeBudget = timeBudget, IsContinued = earlier is not null };
        bool isFresh = earlier is null && state is null && timeBudget is null && plan.Schedule.HasCycles;
        return Fit(run, plan, first, isFresh, seed, errors);
    }

    private FittedNetwork Fit(NetworkRun run, TrainingPlan plan, Network first, bool isFresh, int seed, HeldOutErrors? errors)
    {
        (ExampleSource training, ExampleSource? validation) = (Rows.Training, Rows.Validation);
        bool byClass = Rows.Targets.TargetsAreClasses;
        bool? refit = isFresh ? Options.RefitOnAllRows ?? (Options.Effort == Effort.Quick || Rows.Targets.TargetsAreFeatures ? false : null) : false;
        var fitting = new NetworkFitting(job.Channel, plan, () => first.Clone(), run.Train, byClass, seed) { Errors = errors };
        if (isFresh && plan.Folds > 0 && validation is null && refit != false && training is ExampleSet stored && fitting.Folds(stored) is { } foldOfRow)
        {
            (Network network, TrainingHistory history) = fitting.FoldAndFit(stored, foldOfRow);
            return new(new TrainedNetwork(network, history, OptimizerState: null), training, null);
        }

        if (validation is not null || !Options.EarlyStopping)
            return TrainOnce();
        double fraction = Options.ValidationFraction
            ?? (plan.Schedule.HasCycles ? SimpleNnDefaults.ThresholdFractionFor(training.RowCount) : job.Recipe.ValidationFraction(training.RowCount));
        if (refit == false)
        {
            (training, validation) = HoldOut.Split(training, byClass, fraction, seed);
            return TrainOnce();
        }

        return fitting.HoldOutAndFit(training, fraction, refit);

        FittedNetwork TrainOnce()
        {
            errors?.CheckRows(job.Host, validation?.RowCount ?? 0);
            TrainingHistory history = run.Train(first, training, validation, plan.NumberOfEpochs, TrainingPhase.Training);
            if (validation is not null)
                errors?.Add(first, validation, seed);
            return new(new TrainedNetwork(first, history, Options.KeepOptimizerState ? run.State : null), training, validation);
        }
    }

    private InputStage Measure() =>
        InputStageRules.Measure(
            Rows.Training, Rows.Hints, bounded: !Rows.Targets.TargetsAreFeatures, marked: true,
            job.Recipe.Loss.ClassesOf(Rows.Targets.Outputs), Options.Threads);

    private void CheckSizes(int[] hiddenLayers) =>
        NetworkShape.CheckSizes(job.Host, NetworkShape.SizesOf(Rows, hiddenLayers), job.Recipe.Optimizer, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
