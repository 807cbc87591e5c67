using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>A layer's three products as training calls them: aligned buffers with padded rows, the weights in panels, a team of threads.</summary>
internal sealed unsafe class LayerProducts : IDisposable
{
    private readonly LayerData _data;
    private readonly DenseLayer _layer;
    private readonly ThreadTeam _team;
    private readonly int _paddedInputs;
    private readonly AlignedBuffer _x, _y, _dy, _dx, _gradient, _strips;

    /// <summary>Copies the data to where the kernels want it.</summary>
    public LayerProducts(LayerData data, int threads)
    {
        _data = data;
        _layer = new DenseLayer(data.Inputs, data.Outputs);
        _layer.SetWeights(data.Weights);
        _layer.SetBiases(data.Biases);
        _team = new ThreadTeam(threads);

        int rows = Padding.RoundUp(data.Rows);
        int paddedOutputs = _layer.Layout.PaddedOutputs;
        _paddedInputs = Padding.RoundUp(data.Inputs);
        _x = new AlignedBuffer(rows * _paddedInputs);
        _dx = new AlignedBuffer(rows * _paddedInputs);
        _y = new AlignedBuffer(rows * paddedOutputs);
        _dy = new AlignedBuffer(rows * paddedOutputs);
        _strips = new AlignedBuffer(rows * paddedOutputs);
        _gradient = new AlignedBuffer(_layer.Layout.Length);
        for (int row = 0; row < data.Rows; row++)
        {
            data.X.AsSpan(row * data.Inputs, data.Inputs).CopyTo(_x.Span[(row * _paddedInputs)..]);
            data.Delta.AsSpan(row * data.Outputs, data.Outputs).CopyTo(_dy.Span[(row * paddedOutputs)..]);
        }
    }

    private DeltaView Delta => new(_dy.Pointer, _data.Rows, _strips.Pointer);

    /// <summary>Y = max(0, X W^T + b).</summary>
    public void Forward() => MatrixProducts.Forward(
        _layer.View, new(_x.Pointer, _data.Rows, _paddedInputs), new(Activation.ReLU, null, _y.Pointer), _team);

    /// <summary>dX = dY W.</summary>
    public void InputGradient() => MatrixProducts.InputGradient(
        _layer.View, Delta, new(Activation.Identity, null, _x.Pointer), _dx.Pointer, _team);

    /// <summary>dW = dY^T X, and the biases' gradient.</summary>
    public void WeightGradient() => MatrixProducts.WeightGradient(
        _layer.Layout, new(_x.Pointer, _data.Rows, _paddedInputs), Delta, new StoredGradient(_gradient.Pointer), inputGradientToo: false, _team);

    /// <summary>Y [rows x outputs].</summary>
    public float[] GetY() => Compact(_y, _layer.Layout.PaddedOutputs, _data.Outputs);

    /// <summary>dX [rows x inputs].</summary>
    public float[] GetInputGradient() => Compact(_dx, _paddedInputs, _data.Inputs);

    /// <summary>dW [outputs x inputs].</summary>
    public float[] GetWeightGradient() => _layer.GetWeights(_gradient.Span);

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private float[] Compact(AlignedBuffer buffer, int stride, int columns)
    {
        var values = new float[_data.Rows * columns];
        for (int row = 0; row < _data.Rows; row++) buffer.Span.Slice(row * stride, columns).CopyTo(values.AsSpan(row * columns));
        return values;
    }
}
