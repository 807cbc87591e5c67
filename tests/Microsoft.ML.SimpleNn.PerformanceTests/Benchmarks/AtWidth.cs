using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Benchmarks;

/// <summary>Runs a kernel at a width of the benchmark's choice.</summary>
internal static class AtWidth
{
    /// <summary>Runs it.</summary>
    /// <param name="bits">The bits of a vector: 512, 256 or 128.</param>
    /// <param name="kernel">The kernel.</param>
    public static void Run<TKernel>(int bits, TKernel kernel)
        where TKernel : struct, IKernel
    {
        if (bits == 512) kernel.Run<Floats512>();
        else if (bits == 256) kernel.Run<Floats256>();
        else kernel.Run<Floats128>();
    }
}
