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
        (ExampleSet Training, ExampleSet Validation)[] folds = [.. Enumerable.Range(0, plan.Folds).Select(fold => Divide(examples, foldOfRow, fold))];
        var losses = new double[plan.NumberOfEpochs];
        var histories = new List<TrainingHistory>();
        foreach ((ExampleSet training, ExampleSet validation) in folds)
        {
            Network network = createNetwork();
            TrainingHistory history = run(network, training, validation, plan.NumberOfEpochs, TrainingPhase.Fold);
            if (!HasEndedByItself(history) || history.Epochs.Count < plan.NumberOfEpochs)
                return Measured(network, validation, history);
            histories.Add(history);
            foreach (EpochMetrics epoch in history.Epochs)
                losses[epoch.Epoch - 1] += epoch.ValidationLoss is double loss ? loss * validation.RowCount : double.PositiveInfinity;
        }

        int best = Array.IndexOf(losses, losses.Min()) + 1;
        double[] factors = [.. histories.Select(history => history.Epochs[best - 1].Factor)];
        double? factor = Array.Exists(factors, one => one != 1) ? factors.Average() : null;
        channel.Info(MessageSensitivity.None, $"{plan.Folds} folds were best after {best} epochs: the network is trained on all rows for as long.");
        return MeasureFolds(folds, best, factor) ?? FitFor(examples, best, factor);
    }

    /// <summary>
    /// Measures the errors of each fold's network as it was when the folds were best, which is how long the network in use is trained: they were trained on
    /// for longer, to see what is best.
    /// </summary>
    /// <returns>Null, or the network and its history where the training was ended.</returns>
    private (Network Network, TrainingHistory History)? MeasureFolds((ExampleSet Training, ExampleSet Validation)[] folds, int epochs, double? factor)
    {
        if (Errors is null)
            return null;
        foreach ((ExampleSet training, ExampleSet validation) in folds)
        {
            (Network network, TrainingHistory history) = FitFor(training, epochs, factor);
            Errors.Add(network, validation, seed);
            if (!HasEndedByItself(history))
                return (network, history);
        }
        return null;
    }

    private (Network Network, TrainingHistory History) FitFor(ExampleSet examples, int epochs, double? factor)
    {
        Network network = createNetwork();
        TrainingHistory history = run(network, examples, null, epochs, TrainingPhase.Refit);
        if (factor is double given)
            network.OutputStage = OutputStage.OfFactor(given, network.Outputs);
        return (network, history);
    }

    private (Network Network, TrainingHistory History) Measured(Network network, ExampleSet validation, TrainingHistory history)
    {
        Errors?.Add(network, validation, seed);
        return (network, history);
    }

    private static (ExampleSet Training, ExampleSet Validation) Divide(ExampleSet examples, int[] foldOfRow, int fold)
    {
        return (Rows(row => foldOfRow[row] != fold), Rows(row => foldOfRow[row] == fold));

        ExampleSet Rows(Func<int, bool> isWanted) => examples.Subset([.. Enumerable.Range(0, examples.Count).Where(isWanted)]);
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
