namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Why a run ends, and when. Of the reasons that come together the first counts: divergence, cancellation, the listener's wish, the end of the time,
/// patience, convergence, the last epoch.
/// </summary>
/// <param name="options">The cancellation, the time, and the number of epochs.</param>
/// <param name="clock">How long the run has taken.</param>
/// <param name="signal">By what the listener ends the run.</param>
internal sealed class Stopping(TrainingOptions options, RunClock clock, StopSignal signal)
{
    private (int Epoch, int Batch, double Loss) _divergence;

    /// <summary>Why the run ends; null while it goes on.</summary>
    public StopReason? Reason { get; private set; }

    /// <summary>The run was cancelled while it waited for something else.</summary>
    public void Cancel() => Reason = StopReason.Cancelled;

    /// <summary>To be called for the loss of each minibatch, before its step: whether it is no finite number, which ends the run.</summary>
    public bool HasDiverged(double loss, TrainingPlace place) =>
        !double.IsFinite(loss) && Diverge(place.Epoch, batch: place.Step == 0 ? 0 : place.Batch + 1, loss);

    /// <summary>
    /// To be called at the end of each epoch: whether a weight is no finite number, which ends the run, for what the last step did shows in no loss of the
    /// epoch.
    /// </summary>
    public bool HasDiverged(Network network, int epoch, int batch) => !network.HasFiniteParameters && Diverge(epoch, batch, double.NaN);

    /// <summary>To be called after each minibatch: whether something from outside ends the run.</summary>
    public void AfterMinibatch() => Reason = Asked();

    /// <summary>To be called after each epoch and its report, for the listener may have asked. Time that ends with the last epoch ends nothing.</summary>
    public void AfterEpoch(bool isLast) => Reason = Asked() is { } asked && !(asked == StopReason.TimeBudget && isLast) ? asked : null;

    /// <summary>To be called before each epoch: whether there is to be another.</summary>
    public bool GoesOn(int epoch, bool patienceIsOver, bool hasConverged = false)
    {
        Reason ??= patienceIsOver ? StopReason.EarlyStopping
            : hasConverged ? StopReason.Converged
            : epoch > options.NumberOfEpochs ? StopReason.Completed
            : null;
        return Reason == null;
    }

    /// <summary>Throws because the run ends without weights worth keeping.</summary>
    /// <param name="epochs">The epochs that ended.</param>
    public void ThrowWithoutWeights(IReadOnlyList<EpochMetrics> epochs)
    {
        if (Reason == StopReason.Cancelled) options.CancellationToken.ThrowIfCancellationRequested();
        throw Reason == StopReason.Diverged
            ? new TrainingDivergedException(_divergence.Epoch, _divergence.Batch, _divergence.Loss, options.Optimizer.LearningRate)
            : new TrainingDivergedException(epochs.Count, epochs[^1].ValidationLoss);
    }

    private bool Diverge(int epoch, int batch, double loss)
    {
        (Reason, _divergence) = (StopReason.Diverged, (epoch, batch, loss));
        return true;
    }

    private StopReason? Asked() =>
        options.CancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : signal.IsRequested ? StopReason.StopRequested
        : options.TimeBudget is { } budget && clock.Elapsed >= budget ? StopReason.TimeBudget
        : null;
}
