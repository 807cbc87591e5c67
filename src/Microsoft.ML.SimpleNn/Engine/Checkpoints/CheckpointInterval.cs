namespace Microsoft.ML.SimpleNn;

/// <summary>How often a training writes a checkpoint: every so many epochs, or minutes.</summary>
/// <remarks>
/// What is lost when the process ends is what was trained since the last one; a checkpoint takes as long as it takes to write the weights a few times to
/// the disk.
/// </remarks>
public sealed class CheckpointInterval
{
    private CheckpointInterval(int? epochs, TimeSpan? time) => (NumberOfEpochs, Time) = (epochs, time);

    /// <summary>The epochs from one checkpoint to the next; null where time decides.</summary>
    public int? NumberOfEpochs { get; }

    /// <summary>The time from one checkpoint to the next; null where epochs decide.</summary>
    public TimeSpan? Time { get; }

    /// <summary>At the end of every n-th epoch; of L-BFGS, of every n-th iteration.</summary>
    /// <param name="count">n. Range: 1 or more.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static CheckpointInterval Epochs(int count) =>
        count >= 1
            ? new(count, null)
            : throw new ArgumentOutOfRangeException(nameof(count), count, "Epochs must be 1 or more: with 1 each epoch is followed by a checkpoint.");

    /// <summary>
    /// At the end of the first minibatch, or of L-BFGS the first iteration, after so many minutes, so that an epoch may take longer than anybody wants to lose.
    /// </summary>
    /// <param name="count">The minutes. Range: above 0, and finite; at most a million.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public static CheckpointInterval Minutes(double count) =>
        count is > 0 and <= 1e6
            ? new(null, TimeSpan.FromMinutes(count))
            : throw new ArgumentOutOfRangeException(nameof(count), count, "Minutes must be above 0, and at most 1000000.");
}
