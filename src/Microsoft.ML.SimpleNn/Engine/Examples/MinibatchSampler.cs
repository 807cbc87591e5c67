namespace Microsoft.ML.SimpleNn;

/// <summary>Cuts the rows of an epoch, in a random order, into minibatches. The last one is what is left over, and is used like any other.</summary>
internal sealed class MinibatchSampler
{
    private readonly int[] _order;
    private readonly int _batchSize;
    private readonly RandomSource? _random;
    private int _rows;

    /// <summary>Creates a sampler.</summary>
    /// <param name="rows">The rows of an epoch.</param>
    /// <param name="batchSize">The rows of a minibatch.</param>
    /// <param name="random">Decides the order; null for the order of the rows.</param>
    public MinibatchSampler(int rows, int batchSize, RandomSource? random)
    {
        _order = new int[rows];
        _batchSize = batchSize;
        _random = random;
        Resize(rows);
    }

    /// <summary>The minibatches of an epoch.</summary>
    public int BatchCount => (_rows + _batchSize - 1) / _batchSize;

    /// <summary>Takes so many rows for the next epoch, at most as many as at first, in their order.</summary>
    public void Resize(int rows)
    {
        _rows = rows;
        for (int row = 0; row < rows; row++) _order[row] = row;
    }

    /// <summary>Puts the rows in a new order, for a new epoch.</summary>
    public void Shuffle() => _random?.Shuffle(_order.AsSpan(0, _rows));

    /// <summary>The rows of a minibatch.</summary>
    public ReadOnlySpan<int> Batch(int index)
    {
        int first = index * _batchSize;
        return _order.AsSpan(first, Math.Min(_batchSize, _rows - first));
    }
}
