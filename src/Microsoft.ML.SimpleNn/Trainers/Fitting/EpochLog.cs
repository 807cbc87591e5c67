using System.Globalization;
using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Writes a line for each epoch on ML.NET's log, and passes the metrics on to the user's own listener.</summary>
/// <param name="channel">The log.</param>
/// <param name="listener">The user's listener.</param>
/// <param name="network">How a line about one of several networks begins; empty where there is one only.</param>
internal sealed class EpochLog(IChannel channel, IProgress<EpochMetrics>? listener, string network) : IProgress<EpochMetrics>
{
    public void Report(EpochMetrics epoch)
    {
        string validation = epoch.ValidationLoss is double loss ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:G5}") : "";
        string accuracy = epoch.ValidationAccuracy is double fraction
            ? string.Create(CultureInfo.InvariantCulture, $", validation accuracy {fraction:F4}")
            : "";
        channel.Info(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
            $"{network}Epoch {epoch.Epoch}/{epoch.NumberOfEpochs}: training loss " +
            $"{epoch.TrainingLoss:G5}{validation}{accuracy}{(epoch.IsBest ? ", best so far" : "")}; {epoch.Elapsed.TotalSeconds:F1} s."));
        listener?.Report(epoch);
    }

    public void ReportEnd(TrainingHistory history)
    {
        string end = $"{history.Epochs.Count} epochs run, the weights are those of epoch {history.BestEpoch}.";
        switch (history.StopReason)
        {
            case StopReason.Diverged:
                channel.Warning(MessageSensitivity.None, $"{network}Training diverged, the loss is no longer a finite number: {end} A lower learning " +
                    $"rate may help.");
                break;
            case StopReason.Cancelled:
                channel.Warning(MessageSensitivity.None, $"{network}Training was cancelled: {end}");
                break;
            case StopReason.TimeBudget:
                channel.Warning(MessageSensitivity.None, $"{network}The time budget was used up: {end}");
                break;
            default:
                channel.Info(MessageSensitivity.None, $"{network}Training ended ({history.StopReason}): {end}");
                break;
        }
    }
}
