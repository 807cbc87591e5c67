using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <content>Prediction: forward only, from many threads at once, without a <see cref="Workspace"/>.</content>
public sealed partial class Network
{
    /// <summary>Rows that go through all layers together when scoring, so that their activations stay in a second-level cache.</summary>
    private const int ScoringRows = 128;

    private readonly ConcurrentBag<AlignedBuffer[]> _scoringBuffers = [], _sparseScoringBuffers = [];

    /// <summary>
    /// Computes the outputs for rows of features. A large batch goes on all cores, and so do rows that come one by one in quick succession, if the network is
    /// large. Thread-safe;
    /// allocates nothing once its buffers are there.
    /// </summary>
    /// <param name="x">The features [rows x inputs], row-major.</param>
    /// <param name="rows">The rows, 0 or more.</param>
    /// <param name="y">Where the outputs go [rows x outputs], row-major.</param>
    /// <exception cref="ArgumentException">A span's length is not rows times inputs, or rows times outputs.</exception>
    public void Predict(ReadOnlySpan<float> x, int rows, Span<float> y) => Predict(x, rows, y, withOutputStage: true);

    /// <summary>The same with or without the output stage.</summary>
    internal void Predict(ReadOnlySpan<float> x, int rows, Span<float> y, bool withOutputStage)
    {
        ThreadTeam? team = ScoringTeam.TryTake(rows, _weights);
        try
        {
            Predict(x, rows, y, team, withOutputStage);
        }
        finally
        {
            ScoringTeam.GiveBack(team, rows, _weights);
        }
    }

    /// <summary>The same on threads that the caller has: a training keeps to its number of them.</summary>
    /// <param name="x">The features [rows x inputs], row-major.</param>
    /// <param name="rows">The rows, 0 or more.</param>
    /// <param name="y">Where the outputs go [rows x outputs], row-major.</param>
    /// <param name="team">The threads; null for the caller's alone.</param>
    /// <param name="withOutputStage">Whether outputs are in the unit of the label; else as the training sees them.</param>
    /// <exception cref="ArgumentException">A span's length is not rows times inputs, or rows times outputs.</exception>
    internal unsafe void Predict(ReadOnlySpan<float> x, int rows, Span<float> y, ThreadTeam? team, bool withOutputStage = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (x.Length != (long)rows * Inputs)
            throw new ArgumentException($"{rows} rows of {Inputs} features are {(long)rows * Inputs} values, but {x.Length} were given.", nameof(x));
        if (y.Length != (long)rows * Outputs)
            throw new ArgumentException($"{rows} rows of {Outputs} outputs are {(long)rows * Outputs} values, but there is room for {y.Length}.", nameof(y));

        AlignedBuffer[] buffers = TakeScoringBuffers();
        DenseLayer layer = _layers[0];
        fixed (float* features = x)
        {
            for (int first = 0; first < rows; first += ScoringRows)
            {
                int count = Math.Min(ScoringRows, rows - first);
                float* input = features + (nint)first * Inputs;
                if (InputStage != null) input = ApplyInputStage(input, count, buffers[^1].Pointer);
                MatrixProducts.Forward(layer.View, new(input, count, layer.Inputs), new(layer.Activation, null, buffers[0].Pointer), team);
                PredictFromFirstLayer(buffers, count, y.Slice(first * Outputs, count * Outputs), team, withOutputStage);
            }
        }

        _scoringBuffers.Add(buffers);
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Computes the outputs for one row of which only the features that are not zero are given; the time follows their number. The outputs are
    /// the bits that the whole row would give. Thread-safe; allocates nothing once its buffers are there.
    /// </summary>
    /// <param name="indices">The features that are given, from 0, ascending.</param>
    /// <param name="values">The value of each.</param>
    /// <param name="y">Where the outputs go [outputs].</param>
    /// <exception cref="ArgumentException">There are not as many values as indices, the indices do not ascend or one is no feature, or the room is not that
    /// of the outputs.</exception>
    public unsafe void Predict(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> y)
    {
        if (indices.Length != values.Length) throw new ArgumentException($"There are {values.Length} values, but {indices.Length} indices.", nameof(indices));
        SparseIndices.Check(row: 0, indices, Inputs);
        if (y.Length != Outputs) throw new ArgumentException($"The network has {Outputs} outputs, but there is room for {y.Length}.", nameof(y));

        if (InputStage == null) PredictSparse(indices, values, y);
        else PredictThroughStage(indices, values, y, InputStage);
        GC.KeepAlive(this);
    }

    /// <summary>A row of the first layer's inputs of which those are given that may be other than zero.</summary>
    private unsafe void PredictSparse(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> y)
    {
        AlignedBuffer[] buffers = _sparseScoringBuffers.TryTake(out AlignedBuffer[]? pooled) ? pooled : CreateScoringBuffers();
        DenseLayer layer = _layers[0];
        int* starts = stackalloc int[] { 0, values.Length };
        fixed (int* features = indices)
        fixed (float* x = values)
            SparseProducts.Forward(FeatureWeights.InPanels(layer.Layout, layer.Parameters.Pointer), new(starts, features, x, 1),
                new(layer.Activation, null, buffers[0].Pointer), null);
        PredictFromFirstLayer(buffers, 1, y, team: null);
        _sparseScoringBuffers.Add(buffers);
    }

    /// <summary>Where most features are centred or cut in pieces, so that most zeros are no inputs of zero, the row is scored as a dense one.</summary>
    private unsafe void PredictThroughStage(ReadOnlySpan<int> indices, ReadOnlySpan<float> values, Span<float> y, InputStage stage)
    {
        if (stage.BinnedCount > 0 || stage.CentredCount > stage.Features / 4)
        {
            float[] dense = ArrayPool<float>.Shared.Rent(stage.Features);
            Span<float> row = dense.AsSpan(0, stage.Features);
            row.Clear();
            for (int i = 0; i < indices.Length; i++) row[indices[i]] = values[i];
            Predict(row, 1, y, team: null);
            ArrayPool<float>.Shared.Return(dense);
            return;
        }

        int count = stage.CountInputs(indices, values);
        int[] inputs = ArrayPool<int>.Shared.Rent(count);
        float[] results = ArrayPool<float>.Shared.Rent(count);
        fixed (int* features = indices, input = inputs)
        fixed (float* x = values, result = results) stage.View.Apply(features, x, values.Length, input, result);
        PredictSparse(inputs.AsSpan(0, count), results.AsSpan(0, count), y);
        ArrayPool<int>.Shared.Return(inputs);
        ArrayPool<float>.Shared.Return(results);
    }

    private unsafe float* ApplyInputStage(float* rows, int count, float* inputs)
    {
        InputView stage = InputStage!.View;
        for (int row = 0; row < count; row++) stage.Apply(rows + (nint)row * stage.Features, inputs + (nint)row * stage.Width, isShared: false);
        return inputs;
    }

    /// <summary>The layers after the first, whose outputs lie in the first buffer.</summary>
    private unsafe void PredictFromFirstLayer(AlignedBuffer[] buffers, int rows, Span<float> y, ThreadTeam? team, bool withOutputStage = true)
    {
        float* input = buffers[0].Pointer;
        nint stride = _layers[0].Layout.PaddedOutputs;
        for (int i = 1; i < _layers.Length; i++)
        {
            DenseLayer layer = _layers[i];
            float* output = buffers[i % 2].Pointer;
            MatrixProducts.Forward(layer.View, new(input, rows, stride), new(layer.Activation, null, output), team);
            input = output;
            stride = layer.Layout.PaddedOutputs;
        }

        for (int row = 0; row < rows; row++)
        {
            Span<float> outputs = y.Slice(row * Outputs, Outputs);
            new ReadOnlySpan<float>(input + row * stride, Outputs).CopyTo(outputs);
            if (withOutputStage) OutputStage?.Apply(outputs);
        }
    }

    private AlignedBuffer[] TakeScoringBuffers()
    {
        if (_scoringBuffers.TryTake(out AlignedBuffer[]? pooled)) return pooled;
        return InputStage == null ? CreateScoringBuffers() : [.. CreateScoringBuffers(), new AlignedBuffer((long)ScoringRows * InputStage.Width)];
    }

    /// <summary>Room for layers' outputs, which is all that sparse rows need: their inputs may be a million wide.</summary>
    private AlignedBuffer[] CreateScoringBuffers()
    {
        long length = (long)ScoringRows * _layers.Max(layer => layer.Layout.PaddedOutputs);
        return [new AlignedBuffer(length), new AlignedBuffer(length)];
    }
}
