namespace Microsoft.ML.SimpleNn;

/// <summary>The minibatches of an epoch, one after the other, for one epoch after the other.</summary>
internal abstract class Minibatches(long rows, int batchSize) : IDisposable
{
    /// <summary>The minibatches of an epoch.</summary>
    public int Count { get; } = checked((int)((rows + batchSize - 1) / batchSize));

    /// <summary>Begins an epoch, in a new order.</summary>
    public abstract void Begin();

    /// <summary>Passes over an epoch, which a run that was interrupted has behind it: the next one has the order that it would have after it.</summary>
    public abstract void Skip();

    /// <summary>Fills the workspace's minibatch with the next rows, standardised; false at the end of the epoch.</summary>
    public abstract bool Next(Workspace workspace);

    /// <summary>Ends the reading, where there is any.</summary>
    public virtual void Dispose()
    {
    }
}
