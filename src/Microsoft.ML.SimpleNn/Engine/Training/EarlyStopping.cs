namespace Microsoft.ML.SimpleNn;

/// <summary>Watches the validation loss: remembers the best weights, and says when to stop (L. Prechelt 1998, Early Stopping - But When?).</summary>
/// <remarks>
/// The validation rows are a sample, so their loss is known to a standard error only. Epochs whose losses lie within one standard error of the
/// lowest are taken for equally good, and of those the last one's weights are kept (the one-standard-error rule of Breiman et al. 1984): the later the
/// epoch, the smaller the learning rate, and the more settled the weights. Picking the very lowest costs up to 0.1 % accuracy on MNIST.
/// Under a schedule of cycles the weights are settled at their ends only, which are few: those are compared, the lowest loss is kept, and the first end that is
/// not better is the last.
/// </remarks>
/// <param name="network">The network in training.</param>
/// <param name="options">The patience, and the schedule.</param>
/// <param name="state">What the optimizer remembers.</param>
/// <param name="bestState">Takes what it remembered at the best weights; null where nobody asks.</param>
internal sealed class EarlyStopping(Network network, TrainingOptions options, OptimizerState? state = null, OptimizerState? bestState = null) : IResumable
{
    private readonly Network _best = network.Clone();
    private double _lowestLoss = double.PositiveInfinity;
    private double _standardError;
    private int _lastImprovement;
    private int _bestEpoch;
    private double _bestFactor = 1;
    private bool _cyclesAreOver;

    /// <summary>The epoch, counted from 1, with the best weights; 0 before the first.</summary>
    public int BestEpoch => _bestEpoch;

    /// <summary>The factor of the outputs that was best for those weights.</summary>
    public double BestFactor => _bestFactor;

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="judged">How the weights did.</param>
    /// <returns>Whether its weights are the best so far.</returns>
    public bool Observe(int epoch, in Judgement judged)
    {
        bool isFinite = double.IsFinite(judged.Loss);
        if (options.LearningRateSchedule.HasCycles)
        {
            // Before the first cycle has ended there must be something to keep, should the run be ended.
            if (!options.LearningRateSchedule.IsAtRest(epoch) && epoch < options.NumberOfEpochs)
            {
                if (_lowestLoss < double.PositiveInfinity || !isFinite) return false;
                Keep(epoch, judged.Factor);
                return true;
            }

            _cyclesAreOver = !(judged.Loss < _lowestLoss - options.MinimumImprovement);
            if (!(judged.Loss < _lowestLoss)) return false;
            _lowestLoss = judged.Loss;
            Keep(epoch, judged.Factor);
            return true;
        }

        if (judged.Loss < _lowestLoss - options.MinimumImprovement) _lastImprovement = epoch;
        if (judged.Loss < _lowestLoss) (_lowestLoss, _standardError) = (judged.Loss, judged.StandardError);
        if (!isFinite || judged.Loss > _lowestLoss + _standardError) return false;
        Keep(epoch, judged.Factor);
        return true;
    }

    /// <summary>Takes the network's weights for the best, whatever they are: where nothing judges them, the last ones are.</summary>
    public void Keep(int epoch, double factor = 1)
    {
        (_bestEpoch, _bestFactor) = (epoch, factor);
        _best.CopyParametersFrom(network);
        if (state != null) bestState?.CopyFrom(state);
    }

    /// <summary>Whether the loss has not improved for as many epochs as patience has, or at the end of a cycle.</summary>
    public bool ShouldStop(int epoch) => options.LearningRateSchedule.HasCycles ? _cyclesAreOver : epoch - _lastImprovement >= options.Patience;

    /// <summary>Gives the network its best weights back.</summary>
    public void RestoreBest() => network.CopyParametersFrom(_best);

    public void Transfer(StateTransfer state)
    {
        state.Number(ref _bestEpoch, 0, int.MaxValue, "its best epoch");
        state.Value(ref _bestFactor);
        state.Value(ref _lowestLoss);
        state.Value(ref _standardError);
        state.Value(ref _lastImprovement);
        state.Flag(ref _cyclesAreOver);
        _best.Transfer(state);
        bestState?.Transfer(state, options.Optimizer);
    }
}
