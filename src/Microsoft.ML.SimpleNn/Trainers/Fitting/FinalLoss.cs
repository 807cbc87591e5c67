using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Compares what a training came to with what predicting the mean of the label for every row would have given.</summary>
internal static class FinalLoss
{
    /// <summary>A loss so many times larger is no chance: something is wrong with the training, or with the rows it was measured by.</summary>
    private const double FarAbove = 2;

    /// <summary>Warns once, of the network that did worst.</summary>
    /// <param name="job">The training.</param>
    /// <param name="trained">The networks.</param>
    /// <param name="first">The first of them, by whose rows the loss of the mean is measured.</param>
    public static void Report(TrainingJob job, IEnumerable<TrainedNetwork> trained, FittedNetwork first)
    {
        // In the units of the history's losses; 0 where the label is always the same.
        double lossOfMean = LossOfMean.Of(
            job.Recipe.Loss, first.Training, first.Validation ?? first.Training, job.Rows.Targets.Outputs, job.Recipe.NormalizeTargets);
        TrainingHistory[] histories = [.. trained.Select(one => one.History).Where(history => history.BestEpoch > 0)];
        if (histories.MaxBy(history => Of(Best(history))) is not { } worst || !(lossOfMean > 0 && Of(Best(worst)) > FarAbove * lossOfMean))
            return;
        bool isValidated = Best(worst).ValidationLoss is not null;
        string rows = isValidated ? "validation rows" : "training rows", rate = HasRisen(worst) ? "smaller" : "larger";
        job.Channel.Warning(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
            $"The loss of the trained network, {Of(Best(worst)):G4} on the {rows}, is far above {lossOfMean:G4}, that of predicting the mean of the label, " +
            $"or the frequencies of its classes, for every row: ") +
            "the training did not succeed. " +
            FormattableString.Invariant($"Try a {rate} learning rate than {job.Recipe.Optimizer.LearningRate}, or more epochs; ") +
            $"keep {nameof(SimpleNnOptionsBase.NormalizeFeatures)} on" +
            (isValidated ? "; and see that the validation rows are like the training rows." : "."));
    }

    private static EpochMetrics Best(TrainingHistory history) => history.Epochs[history.BestEpoch - 1];

    /// <summary>
    /// Whether an epoch made the training loss larger, as steps that are too large do; steps that are too small only ever make it a little smaller.
    /// </summary>
    private static bool HasRisen(TrainingHistory history) =>
        history.Epochs.Zip(history.Epochs.Skip(1)).Any(two => two.Second.TrainingLoss > two.First.TrainingLoss);

    private static double Of(EpochMetrics epoch) => epoch.ValidationLoss ?? epoch.TrainingLoss;
}
