namespace Microsoft.ML.SimpleNn;

/// <summary>Cuts the rows of an epoch, in a random order, into minibatches. The last one is what is left over, and is used like any other.</summary>
internal sealed class MinibatchSampler
{
    private readonly int[] _order;
    private readonly int _batchSize;
    private readonly RandomSource? _random;

    /// <summary>Creates a sampler.</summary>
    /// <param name="rows">The rows of an epoch.</param>
    /// <param name="batchSize">The rows of a minibatch.</param>
    /// <param name="random">Decides the order; null for the order of the rows.</param>
    public MinibatchSampler(int rows, int batchSize, RandomSource? random)
    {
        _order = [.. Enumerable.Range(0, rows)];
        _batchSize = batchSize;
        _random = random;
    }

    /// <summary>The minibatches of an epoch.</summary>
    public int BatchCount => (_order.Length + _batchSize - 1) / _batchSize;

    /// <summary>Puts the rows in a new order, for a new epoch.</summary>
    public void Shuffle() => _random?.Shuffle(_order);

    /// <summary>The rows of a minibatch.</summary>
    public ReadOnlySpan<int> Batch(int index)
    {
        int first = index * _batchSize;
        return _order.AsSpan(first, Math.Min(_batchSize, _order.Length - first));
    }
}
