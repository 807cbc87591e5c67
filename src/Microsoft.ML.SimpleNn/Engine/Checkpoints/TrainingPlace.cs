namespace Microsoft.ML.SimpleNn;

/// <summary>Where a run is in its data, and what it has added up in the epoch under way.</summary>
internal sealed class TrainingPlace : IResumable
{
    private int _epoch = 1, _batch;
    private long _step, _visited;
    private double _lossSum;
    private float _learningRateFactor = 1;

    /// <summary>The epoch under way, counted from 1.</summary>
    public int Epoch => _epoch;

    /// <summary>The minibatches of the epoch that are done.</summary>
    public int Batch => _batch;

    /// <summary>The steps taken in the run.</summary>
    public long Step => _step;

    /// <summary>The rows of the epoch that are done.</summary>
    public long Visited => _visited;

    /// <summary>The mean loss of those rows.</summary>
    public double MeanLoss => _lossSum / _visited;

    /// <summary>What the schedule multiplied the learning rate by in the last step.</summary>
    public float LearningRateFactor => _learningRateFactor;

    /// <summary>A minibatch is done.</summary>
    public void Pass(int rows, double loss, float learningRateFactor)
    {
        _batch++;
        _step++;
        _visited += rows;
        _lossSum += loss * rows;
        _learningRateFactor = learningRateFactor;
    }

    /// <summary>The epoch is done.</summary>
    public void EndEpoch()
    {
        _epoch++;
        (_batch, _visited, _lossSum, _learningRateFactor) = (0, 0, 0, 1);
    }

    /// <summary>Throws where a place that was read is not one of an epoch of so many minibatches and rows.</summary>
    public void Check(int batches, long rows)
    {
        bool isAtEnd = _batch == batches, isWhole = _visited == rows;
        if (_step < 0 || _visited < _batch || _batch > batches || _visited > rows || isAtEnd != isWhole)
            throw StateTransfer.Damaged($"it is at minibatch {_batch} of {batches}, with {_visited} of {rows} rows visited, and step {_step}");
    }

    public void Transfer(StateTransfer state)
    {
        state.Number(ref _epoch, 1, int.MaxValue, "its epoch");
        state.Number(ref _batch, 0, int.MaxValue, "its minibatch");
        state.Value(ref _step);
        state.Value(ref _visited);
        state.Value(ref _lossSum);
        state.Value(ref _learningRateFactor);
    }
}
