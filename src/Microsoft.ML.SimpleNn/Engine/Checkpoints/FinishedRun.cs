namespace Microsoft.ML.SimpleNn;

/// <summary>What came of a run that has ended: it is remembered so that it need not be repeated.</summary>
internal sealed class FinishedRun : IResumable
{
    private readonly TrainingOptions _options;
    private Network? _network;
    private double _factor = 1;

    /// <summary>A run that is to be read.</summary>
    /// <param name="network">Gets its weights.</param>
    /// <param name="options">Its options; what the optimizer remembers there is read too.</param>
    public FinishedRun(Network network, TrainingOptions options)
    {
        (_network, _options) = (network, options);
        History = new TrainingHistory([], 0, StopReason.Completed);
    }

    /// <summary>A run that has ended now.</summary>
    /// <param name="network">The network, with the weights that are kept; null where nobody asks for them any more.</param>
    /// <param name="options">The run's options, with what the optimizer remembered at those weights.</param>
    /// <param name="history">The course of the run.</param>
    /// <param name="factor">The factor of the outputs that is best for the weights.</param>
    public FinishedRun(Network? network, TrainingOptions options, TrainingHistory history, double factor)
    {
        (_network, _options, History, _factor) = (network, options, history, factor);
    }

    /// <summary>The course of the run.</summary>
    public TrainingHistory History { get; private set; }

    /// <summary>Gives the network, which has the run's weights, the factor of the outputs that is best for them.</summary>
    /// <returns>The course of the run.</returns>
    public TrainingHistory End(Network network)
    {
        if (_options.Calibrate && _options.Loss.GivesProbabilities) network.OutputStage = OutputStage.OfFactor(_factor, network.Outputs);
        return History;
    }

    public void Transfer(StateTransfer state)
    {
        List<EpochMetrics> epochs = [.. History.Epochs];
        int best = History.BestEpoch, reason = (int)History.StopReason;
        EpochTransfer.Transfer(state, epochs, _options);
        state.Number(ref best, 0, epochs.Count, "its best epoch");
        state.Value(ref reason);
        state.Value(ref _factor);
        if (!Enum.IsDefined((StopReason)reason)) throw StateTransfer.Damaged($"a run ended for the unknown reason {reason}");
        History = new TrainingHistory(epochs, best, (StopReason)reason);
        bool hasNetwork = _network != null;
        state.Flag(ref hasNetwork);
        if (!hasNetwork) _network = null;
        _network?.Transfer(state);
        _options.OptimizerState?.Transfer(state, _options.Optimizer);
    }
}
