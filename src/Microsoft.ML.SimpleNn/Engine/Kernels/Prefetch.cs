using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Asks for memory ahead of its use, where the processor can be asked. It changes no result.</summary>
internal static unsafe class Prefetch
{
    private const int CacheLine = Padding.Lanes * sizeof(float);

    /// <summary>How many features ahead: from four on the rate stays.</summary>
    public const int FeaturesAhead = 8;

    /// <summary>How many rows of features ahead, when a minibatch is gathered.</summary>
    public const int RowsAhead = 2;

    /// <summary>Asks for a cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }

    /// <summary>
    /// Asks for the cache lines of some floats, into the second-level cache: that one waits for more lines at a time than the first does. Records at random in a
    /// gigabyte come 1.7 times as fast so.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Floats(float* first, nint count)
    {
        if (!Sse.IsSupported) return;
        for (nint i = 0; i < count; i += Padding.Lanes) Sse.Prefetch1(first + i);
    }

    /// <summary>Asks for the cache lines of some bytes, into the second-level cache.</summary>
    public static void Bytes(byte* first, nint count)
    {
        if (!Sse.IsSupported) return;
        for (nint i = 0; i < count; i += CacheLine) Sse.Prefetch1(first + i);
    }

    /// <summary>Asks for floats that will be read soon, into the second-level cache.</summary>
    public static void ToSecondLevel(float* first, nint count)
    {
        if (!Sse.IsSupported) return;
        for (nint i = 0; i < count; i += Padding.Lanes) Sse.Prefetch1(first + i);
    }
}
