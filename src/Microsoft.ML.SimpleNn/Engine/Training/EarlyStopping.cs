namespace Microsoft.ML.SimpleNn;

/// <summary>Watches the validation loss: remembers the best weights, and says when to stop (L. Prechelt 1998, Early Stopping - But When?).</summary>
internal sealed class EarlyStopping(Network network, int patience, double minimumImprovement)
{
    private readonly Network _best = network.Clone();
    private double _bestLoss = double.PositiveInfinity;

    /// <summary>The epoch, counted from 1, with the best weights; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Takes note of an epoch.</summary>
    /// <returns>Whether its weights are the best so far.</returns>
    public bool Observe(int epoch, double loss)
    {
        if (!(loss < _bestLoss - minimumImprovement)) return false;
        _bestLoss = loss;
        Keep(epoch);
        return true;
    }

    /// <summary>Takes an epoch's weights for the best whatever its loss: the way of a run that does not stop early.</summary>
    public void Keep(int epoch)
    {
        BestEpoch = epoch;
        _best.CopyParametersFrom(network);
    }

    /// <summary>Whether there was no improvement for as many epochs as patience has.</summary>
    public bool ShouldStop(int epoch) => epoch - BestEpoch >= patience;

    /// <summary>Gives the network its best weights back.</summary>
    public void RestoreBest() => network.CopyParametersFrom(_best);
}
