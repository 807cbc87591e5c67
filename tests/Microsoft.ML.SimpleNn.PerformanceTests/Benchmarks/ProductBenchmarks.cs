using BenchmarkDotNet.Attributes;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Benchmarks;

/// <summary>The three products of a dense layer of 784 inputs, 1000 outputs and ReLU, on one thread, with vectors of each width.</summary>
public unsafe class ProductBenchmarks
{
    private const int Inputs = 784;
    private const int Outputs = 1000;
    private readonly PanelLayout _layout = new(Inputs, Outputs);
    private AlignedBuffer _parameters = null!, _gradient = null!, _x = null!, _dx = null!, _y = null!, _dy = null!, _strips = null!;

    /// <summary>The bits of a vector.</summary>
    [Params(512, 256, 128)]
    public int Bits { get; set; }

    /// <summary>The rows of the minibatch.</summary>
    [Params(32, 128)]
    public int Rows { get; set; }

    /// <summary>Fills the matrices.</summary>
    [GlobalSetup]
    public void Setup()
    {
        int rows = Padding.RoundUp(Rows), paddedInputs = Padding.RoundUp(Inputs);
        _parameters = RandomBuffer.Create(_layout.Length);
        _gradient = new AlignedBuffer(_layout.Length);
        _x = RandomBuffer.Create(rows * paddedInputs);
        _dx = new AlignedBuffer(rows * paddedInputs);
        _y = new AlignedBuffer(rows * _layout.PaddedOutputs);
        _dy = RandomBuffer.Create(rows * _layout.PaddedOutputs);
        _strips = new AlignedBuffer(rows * _layout.PaddedOutputs);
    }

    /// <summary>Y = relu(X W^T + b).</summary>
    [Benchmark]
    public void Forward() => AtWidth.Run(Bits, new ForwardKernel(Layer, X, new(Activation.ReLU, null, _y.Pointer)));

    /// <summary>dW = dY^T X.</summary>
    [Benchmark]
    public void WeightGradient() => AtWidth.Run(Bits, new WeightGradientKernel(_layout, X, Delta, new StoredGradient(_gradient.Pointer)));

    /// <summary>dX = dY W, times ReLU's derivative.</summary>
    [Benchmark]
    public void InputGradient() => AtWidth.Run(Bits, new InputGradientKernel(Layer, Delta, new(Activation.ReLU, null, _x.Pointer), _dx.Pointer));

    private LayerView Layer => new(_layout, _parameters.Pointer);

    private MatrixView X => new(_x.Pointer, Rows, Padding.RoundUp(Inputs));

    private DeltaView Delta => new(_dy.Pointer, Rows, _strips.Pointer);

    private readonly struct ForwardKernel(LayerView layer, MatrixView x, LayerOutputs y) : IKernel
    {
        void IKernel.Run<V>() => ForwardProduct<V>.Run(layer, x, y, team: null);
    }

    private readonly struct WeightGradientKernel(PanelLayout layout, MatrixView x, DeltaView delta, StoredGradient target) : IKernel
    {
        void IKernel.Run<V>() => WeightGradientProduct<V, StoredGradient>.Run(layout, x, delta, target, inputGradientToo: false, team: null);
    }

    private readonly struct InputGradientKernel(LayerView layer, DeltaView delta, LayerOutputs below, float* dx) : IKernel
    {
        void IKernel.Run<V>() => InputGradientProduct<V>.Run(layer, delta, below, dx, team: null);
    }
}
