namespace Microsoft.ML.SimpleNn;

/// <summary>The course of a training run, epoch by epoch, and why it ended.</summary>
public sealed class TrainingHistory
{
    /// <summary>Creates a history.</summary>
    /// <param name="epochs">The metrics of the epochs, in order.</param>
    /// <param name="bestEpoch">The epoch, counted from 1, whose weights the network has.</param>
    /// <param name="stopReason">Why the run ended.</param>
    internal TrainingHistory(IReadOnlyList<EpochMetrics> epochs, int bestEpoch, StopReason stopReason)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(bestEpoch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bestEpoch, epochs.Count);
        Epochs = epochs;
        BestEpoch = bestEpoch;
        StopReason = stopReason;
    }

    /// <summary>The metrics of the epochs, in order.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; }

    /// <summary>The epoch, counted from 1, whose weights the network has; 0 when no epoch was run.</summary>
    public int BestEpoch { get; }

    /// <summary>Why the run ended.</summary>
    public StopReason StopReason { get; }
}
