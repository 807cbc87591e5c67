using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Benchmarks;

/// <summary>Aligned memory with something in it.</summary>
internal static class RandomBuffer
{
    /// <summary>Numbers from -1 to 1.</summary>
    public static AlignedBuffer Create(long length)
    {
        var random = new Random(1);
        var buffer = new AlignedBuffer(length);
        foreach (ref float value in buffer.Span) value = (2 * random.NextSingle()) - 1;
        return buffer;
    }
}
