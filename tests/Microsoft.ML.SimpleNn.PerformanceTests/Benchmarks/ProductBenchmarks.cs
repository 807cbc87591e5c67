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
    public void Forward()
    {
        if (Bits == 512) Forward<Floats512>();
        else if (Bits == 256) Forward<Floats256>();
        else Forward<Floats128>();
    }

    /// <summary>dW = dY^T X.</summary>
    [Benchmark]
    public void WeightGradient()
    {
        if (Bits == 512) WeightGradient<Floats512>();
        else if (Bits == 256) WeightGradient<Floats256>();
        else WeightGradient<Floats128>();
    }

    /// <summary>dX = dY W, times ReLU's derivative.</summary>
    [Benchmark]
    public void InputGradient()
    {
        if (Bits == 512) InputGradient<Floats512>();
        else if (Bits == 256) InputGradient<Floats256>();
        else InputGradient<Floats128>();
    }

    private void Forward<V>()
        where V : struct, IFloats<V> =>
        ForwardProduct<V>.Run(_layout, Activation.ReLU, _parameters.Pointer, _x.Pointer, Padding.RoundUp(Inputs), Rows, u: null, _y.Pointer, team: null);

    private void WeightGradient<V>()
        where V : struct, IFloats<V> =>
        WeightGradientProduct<V, StoredGradient>.Run(_layout, _x.Pointer, Padding.RoundUp(Inputs), _dy.Pointer, _strips.Pointer, Rows, new StoredGradient(_gradient.Pointer), inputGradientToo: false, team: null);

    private void InputGradient<V>()
        where V : struct, IFloats<V> =>
        InputGradientProduct<V>.Run(_layout, Activation.ReLU, _parameters.Pointer, _dy.Pointer, _strips.Pointer, Rows, null, _x.Pointer, _dx.Pointer, team: null);
}
