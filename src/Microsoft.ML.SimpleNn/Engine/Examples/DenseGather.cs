using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Gathers rows of a dense matrix into a minibatch, through the network's input stage where there is one; a piece of work is a row.</summary>
/// <typeparam name="T">The type of a stored number.</typeparam>
/// <typeparam name="TNumbers">How such numbers become inputs; the loop is compiled around it.</typeparam>
internal readonly unsafe struct DenseGather<T, TNumbers> : IParallelBody
    where T : unmanaged
    where TNumbers : struct, IStoredNumbers<T>
{
    private readonly T* _features;
    private readonly int* _rows;
    private readonly int _featureCount, _rowCount, _width;
    private readonly bool _hasStage, _isShared;
    private readonly InputView _stage;
    private readonly float* _destination;

    private DenseGather(T* features, int featureCount, int* rows, int rowCount, InputStage? inputs, Minibatch batch)
    {
        _features = features;
        _featureCount = featureCount;
        _rows = rows;
        _rowCount = rowCount;
        _hasStage = inputs != null;
        _stage = inputs == null ? default : inputs.View;
        _destination = batch.Features.Pointer;
        _width = batch.FeaturesPerRow;
        _isShared = batch.FeaturesAreShared;
    }

    /// <summary>Gathers rows.</summary>
    /// <param name="features">The matrix [stored rows x features].</param>
    /// <param name="featureCount">The features of a row.</param>
    /// <param name="storedRows">The rows wanted.</param>
    /// <param name="inputs">Makes inputs of the features; null leaves them.</param>
    /// <param name="batch">Takes them.</param>
    /// <param name="team">The threads.</param>
    public static void Run(T[] features, int featureCount, ReadOnlySpan<int> storedRows, InputStage? inputs, Minibatch batch, ThreadTeam team)
    {
        batch.UseDense();
        fixed (T* source = features)
        fixed (int* rows = storedRows)
        {
            ThreadTeam.For(
                team, storedRows.Length, 8L * storedRows.Length * featureCount,
                new DenseGather<T, TNumbers>(source, featureCount, rows, storedRows.Length, inputs, batch));
        }

        GC.KeepAlive(inputs);
    }

    public void Run(int index)
    {
        if (index + Prefetch.RowsAhead < _rowCount) Prefetch.Row(Row(index + Prefetch.RowsAhead), sizeof(T) * (long)_featureCount);
        float* destination = _destination + (nint)index * _width;
        if (_hasStage) TNumbers.Apply(_stage, Row(index), destination, _isShared);
        else TNumbers.Copy(Row(index), destination, _featureCount, _isShared);
    }

    private T* Row(int index) => _features + (nint)_rows[index] * _featureCount;
}
