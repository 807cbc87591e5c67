namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Minibatches of rows that are read anew in each epoch, a pool at a time: the rows of one pool are shuffled and trained on while another thread reads
/// the next. Where pools begin differs from epoch to epoch, so that rows meet other neighbours. The order depends on the random numbers alone.
/// </summary>
internal sealed class StreamedMinibatches : Minibatches
{
    private readonly StreamedExamples _examples;
    private readonly int _batchSize;
    private readonly InputStage? _inputs;
    private readonly TargetScaling? _targetScaling;
    private readonly RandomSource? _order;
    private readonly DistortedImages? _images;
    private readonly int _poolRows;
    private readonly MinibatchSampler _sampler;
    private RowBlock _current, _next;
    private IExampleCursor? _cursor;
    private Task? _reading;
    private ExampleSet? _pool;
    private long _visited;
    private DataHash _hash;
    private int _batch;
    private volatile bool _isEnding;

    public StreamedMinibatches(StreamedExamples examples, int batchSize, InputStage? inputs, TargetScaling? targetScaling, RandomSource? order,
        DistortedImages? images)
        : base(examples.RowCount, batchSize)
    {
        _examples = examples;
        _batchSize = batchSize;
        _inputs = inputs;
        _targetScaling = targetScaling;
        _order = order;
        _images = images;
        _poolRows = examples.PoolRows(batchSize);
        _sampler = new MinibatchSampler(_poolRows, batchSize, order);
        _current = examples.CreateBlock(_poolRows);
        _next = examples.CreateBlock(_poolRows);
    }

    public override void Begin()
    {
        EndReading();
        _images?.BeginEpoch();
        _visited = 0;
        _hash = default;
        _batch = 0;
        _pool = null;
        _cursor = _examples.Open();
        StartReading(FirstPool());
    }

    public override void Skip()
    {
        _images?.BeginEpoch();
        long left = _examples.RowCount;
        for (long pool = FirstPool(); left > 0; left -= pool, pool = _poolRows)
        {
            _sampler.Resize((int)Math.Min(pool, left));
            _sampler.Shuffle();
        }
    }

    public override bool Next(Workspace workspace)
    {
        if ((_pool == null || _batch == _sampler.BatchCount) && !NextPool()) return false;
        _pool!.Gather(_sampler.Batch(_batch++), _inputs, workspace, _targetScaling, _images, firstRow: _visited - _current.Count);
        return true;
    }

    public override void Dispose()
    {
        EndReading();
        base.Dispose();
    }

    /// <summary>
    /// The rows of an epoch's first pool: whole minibatches, so that none lies across the border of two pools; all where a pool has room for them.
    /// </summary>
    private int FirstPool() => _order == null || _poolRows >= _examples.RowCount ? _poolRows : _batchSize * (1 + _order.NextInt(_poolRows / _batchSize));

    /// <summary>Waits for the pool that is being read, and has the one after it read; false at the end of the data.</summary>
    private bool NextPool()
    {
        if (_reading == null) return false;
        _reading.GetAwaiter().GetResult(); // what went wrong in the reading goes wrong here
        (_current, _next) = (_next, _current);
        _visited += _current.Count;
        if (_current.IsFull) StartReading(_poolRows);
        else
        {
            EndReading();
            _examples.CheckSame(_visited, _hash.Value);
        }

        if (_current.Count == 0) return false;
        _pool = _current.ToExamples(_examples.MeanWeight);
        _sampler.Resize(_current.Count);
        _sampler.Shuffle();
        _batch = 0;
        return true;
    }

    private void StartReading(int rows)
    {
        _next.Clear(rows);
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Read()
    {
        while (!_next.IsFull && !_isEnding && _examples.MoveNext(_cursor!, out float weight))
        {
            _next.Add(_cursor!, weight);
            _hash.Add(_cursor!, weight);
        }
    }

    /// <summary>Ends the reading where it is; what goes wrong in it now concerns nobody any more.</summary>
    private void EndReading()
    {
        _isEnding = true;
        if (_reading != null) Task.WaitAny(_reading);
        _cursor?.Dispose();
        (_reading, _cursor, _isEnding) = (null, null, false);
    }
}
