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
    public void Forward()
    {
        if (Bits == 512) ActivationKernels<Floats512>.Forward(Activation, _u.Pointer, _y.Pointer, Width, Rows, Width);
        else if (Bits == 256) ActivationKernels<Floats256>.Forward(Activation, _u.Pointer, _y.Pointer, Width, Rows, Width);
        else ActivationKernels<Floats128>.Forward(Activation, _u.Pointer, _y.Pointer, Width, Rows, Width);
    }

    /// <summary>delta = delta f'(u).</summary>
    [Benchmark]
    public void Backward()
    {
        if (Bits == 512) ActivationKernels<Floats512>.Backward(Activation, _u.Pointer, _y.Pointer, _delta.Pointer, Width, Rows, Width);
        else if (Bits == 256) ActivationKernels<Floats256>.Backward(Activation, _u.Pointer, _y.Pointer, _delta.Pointer, Width, Rows, Width);
        else ActivationKernels<Floats128>.Backward(Activation, _u.Pointer, _y.Pointer, _delta.Pointer, Width, Rows, Width);
    }
}
