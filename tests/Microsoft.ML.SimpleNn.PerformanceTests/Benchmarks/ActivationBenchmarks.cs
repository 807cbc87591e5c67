using BenchmarkDotNet.Attributes;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Benchmarks;

/// <summary>The activations on 128 rows of 1000 units, and their derivatives, on one thread, with vectors of each width.</summary>
public unsafe class ActivationBenchmarks
{
    private const int Rows = 128;
    private const int Width = 1008;
    private readonly AlignedBuffer _u = RandomBuffer.Create(Rows * Width), _y = RandomBuffer.Create(Rows * Width), _delta = RandomBuffer.Create(Rows * Width);

    /// <summary>The bits of a vector.</summary>
    [Params(512, 256, 128)]
    public int Bits { get; set; }

    /// <summary>The activation.</summary>
    [ParamsAllValues]
    public Activation Activation { get; set; }

    /// <summary>y = f(u).</summary>
    [Benchmark]
    public void Forward() => AtWidth.Run(Bits, new ForwardKernel(Outputs, new(_y.Pointer, Rows, Width)));

    /// <summary>delta = delta f'(u).</summary>
    [Benchmark]
    public void Backward() => AtWidth.Run(Bits, new BackwardKernel(Outputs, new(_delta.Pointer, Rows, Width)));

    private LayerOutputs Outputs => new(Activation, _u.Pointer, _y.Pointer);

    private readonly struct ForwardKernel(LayerOutputs outputs, MatrixView y) : IKernel
    {
        void IKernel.Run<V>() => ActivationKernels<V>.Forward(outputs, y, Width);
    }

    private readonly struct BackwardKernel(LayerOutputs outputs, MatrixView delta) : IKernel
    {
        void IKernel.Run<V>() => ActivationKernels<V>.Backward(outputs, delta, Width);
    }
}
