namespace Microsoft.ML.SimpleNn;

/// <summary>All that a run needs so that it goes on as if it had never been interrupted.</summary>
/// <param name="Network">The network in training.</param>
/// <param name="Method">Transfers what the optimizer, or the search of L-BFGS, remembers.</param>
/// <param name="Best">The best weights so far, and when to stop.</param>
/// <param name="Place">Where the run is in its data.</param>
/// <param name="Clock">How long it has taken.</param>
internal sealed record RunState(
    Network Network, Action<StateTransfer> Method, EarlyStopping Best, TrainingPlace Place, RunClock Clock)
    : IResumable
{
    /// <summary>The epochs that have ended.</summary>
    public required List<EpochMetrics> Epochs { get; init; }

    /// <summary>The run's options.</summary>
    public required TrainingOptions Options { get; init; }

    public void Transfer(StateTransfer state)
    {
        Place.Transfer(state);
        Clock.Transfer(state);
        EpochTransfer.Transfer(state, Epochs, Options);
        Network.Transfer(state);
        Method(state);
        Best.Transfer(state);
        if (state.IsReading && (Place.Epoch != Epochs.Count + 1 || Best.BestEpoch > Epochs.Count))
            throw StateTransfer.Damaged($"it is in epoch {Place.Epoch} with {Epochs.Count} epochs done, the best of them {Best.BestEpoch}");
    }
}
