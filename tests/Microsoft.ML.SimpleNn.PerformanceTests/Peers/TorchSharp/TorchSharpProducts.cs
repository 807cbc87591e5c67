using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A layer's three products in libtorch, without the bookkeeping for gradients.</summary>
internal sealed class TorchSharpProducts : IDisposable
{
    private readonly Tensor _x, _weights, _biases, _dy, _dyTransposed;
    private Tensor? _result;

    /// <summary>Copies the data into tensors.</summary>
    public TorchSharpProducts(LayerData data)
    {
        _x = tensor(data.X, [data.Rows, data.Inputs]);
        _weights = tensor(data.Weights, [data.Outputs, data.Inputs]);
        _biases = tensor(data.Biases);
        _dy = tensor(data.Delta, [data.Rows, data.Outputs]);
        _dyTransposed = _dy.t();
    }

    /// <summary>Y = max(0, X W^T + b).</summary>
    public void Forward()
    {
        using var mode = inference_mode();
        using DisposeScope scope = NewDisposeScope(); // holds what relu_ returns until alias is done
        Keep(nn.functional.linear(_x, _weights, _biases).relu_().alias().DetachFromDisposeScope());
    }

    /// <summary>dX = dY W.</summary>
    public void InputGradient() => Keep(mm(_dy, _weights));

    /// <summary>dW = dY^T X.</summary>
    public void WeightGradient() => Keep(mm(_dyTransposed, _x));

    /// <summary>The last product, row-major.</summary>
    public float[] GetResult() => _result!.data<float>().ToArray();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? tensor in new[] { _x, _weights, _biases, _dyTransposed, _dy, _result }) tensor?.Dispose();
    }

    private void Keep(Tensor result)
    {
        _result?.Dispose();
        _result = result;
    }
}
