using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Trains one network as a plan says: rows held out, or folds, tell how long, and then the network is trained on all rows. Whatever ends the training before is
/// answered with the best
/// network so far.
/// </summary>
/// <param name="channel">The log.</param>
/// <param name="plan">The plan.</param>
/// <param name="createNetwork">Makes a network to be trained from the start.</param>
/// <param name="run">Trains a network.</param>
/// <param name="byClass">Whether the targets are classes, of which each gives its part of the rows held out.</param>
/// <param name="seed">Decides which rows are held out.</param>
internal sealed class NetworkFitting(IChannel channel, TrainingPlan plan, Func<Network> createNetwork, NetworkFitting.Runner run, bool byClass, int seed)
{
    /// <summary>Fewer rows than this are not worth a training of their own.</summary>
    private const double SmallestPartToRefit = 0.05;

    private const int FewestRowsOfFold = 2;

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The rows.</param>
    /// <param name="validation">The rows to judge by; null for none.</param>
    /// <param name="epochs">The most epochs.</param>
    /// <param name="phase">What for.</param>
    public delegate TrainingHistory Runner(Network network, ExampleSource training, ExampleSource? validation, int epochs, TrainingPhase phase);

    /// <summary>Takes the errors of the networks on rows that they were not trained on; null where nobody asks.</summary>
    public HeldOutErrors? Errors { get; init; }

    /// <summary>Holds rows out, trains by them, and trains again on all if that is wanted.</summary>
    /// <param name="examples">The rows.</param>
    /// <param name="fraction">How much of them is held out.</param>
    /// <param name="refit">Whether it is trained again on all; null where it pays.</param>
    public FittedNetwork HoldOutAndFit(ExampleSource examples, double fraction, bool? refit)
    {
        (ExampleSource training, ExampleSource? validation) = HoldOut.Split(examples, byClass, fraction, seed);
        Errors?.CheckRows(channel, validation?.RowCount ?? 0);
        Network network = createNetwork();
        TrainingHistory history = run(network, training, validation, plan.NumberOfEpochs, TrainingPhase.Training);
        if (validation is not null)
            Errors?.Add(network, validation, seed);
        bool isWorthIt = validation is not null && validation.RowCount >= SmallestPartToRefit * examples.RowCount;
        if (validation is null || !(refit ?? isWorthIt) || !HasEndedByItself(history))
            return new(new TrainedNetwork(network, history, OptimizerState: null), training, validation);
        Network? refitted = Refit(examples, history.BestEpoch, network.OutputStage);
        return new(new TrainedNetwork(refitted ?? network, history, OptimizerState: null), refitted is null ? training : examples, validation);
    }

    /// <summary>The fold of each row; null where there are too few rows that can be held out to tell anything by.</summary>
    public int[]? Folds(ExampleSet examples)
    {
        int[] foldOfRow = HeldOutRows.Folds(examples, byClass, plan.Folds, seed);
        return foldOfRow.Count(fold => fold != HeldOutRows.InEveryTraining) >= FewestRowsOfFold * plan.Folds ? foldOfRow : null;
    }

    /// <summary>Lets folds tell how long, and trains on all rows.</summary>
    /// <param name="examples">The rows.</param>
    /// <param name="foldOfRow">The fold of each row, from <see cref="Folds"/>.</param>
    public (Network Network, TrainingHistory History) FoldAndFit(ExampleSet examples, int[] foldOfRow)
    {
        Errors?.CheckRows(channel, foldOfRow.Count(fold => fold != HeldOutRows.InEveryTraining));
        var losses = new double[plan.NumberOfEpochs];
        var histories = new List<TrainingHistory>();
        for (int fold = 0; fold < plan.Folds; fold++)
        {
            ExampleSet training = examples.Subset([.. Rows(row => foldOfRow[row] != fold)]);
            ExampleSet validation = examples.Subset([.. Rows(row => foldOfRow[row] == fold)]);
            Network network = createNetwork();
            TrainingHistory history = run(network, training, validation, plan.NumberOfEpochs, TrainingPhase.Fold);
            Errors?.Add(network, validation, seed);
            if (!HasEndedByItself(history) || history.Epochs.Count < plan.NumberOfEpochs)
                return (network, history);
            histories.Add(history);
            foreach (EpochMetrics epoch in history.Epochs)
                losses[epoch.Epoch - 1] += epoch.ValidationLoss is double loss ? loss * validation.RowCount : double.PositiveInfinity;
        }

        int best = Array.IndexOf(losses, losses.Min()) + 1;
        double factor = histories.Average(history => history.Epochs[best - 1].Factor);
        channel.Info(MessageSensitivity.None, $"{plan.Folds} folds were best after {best} epochs: the network is trained on all rows for as long.");
        Network fitted = createNetwork();
        TrainingHistory last = run(fitted, examples, null, best, TrainingPhase.Refit);
        if (histories.Exists(history => history.Epochs[best - 1].Factor != 1))
            fitted.OutputStage = OutputStage.OfFactor(factor, fitted.Outputs);
        return (fitted, last);

        IEnumerable<int> Rows(Func<int, bool> isWanted) => Enumerable.Range(0, examples.Count).Where(isWanted);
    }

    private Network? Refit(ExampleSource examples, int epochs, OutputStage? calibrated)
    {
        Network network = createNetwork();
        TrainingHistory history = run(network, examples, null, epochs, TrainingPhase.Refit);
        if (!HasEndedByItself(history))
            return null;
        if (network.OutputStage is null)
            network.OutputStage = calibrated;
        return network;
    }

    private static bool HasEndedByItself(TrainingHistory history) =>
        history.StopReason is StopReason.Completed or StopReason.EarlyStopping or StopReason.Converged;
}
