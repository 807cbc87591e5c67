using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Transposes a matrix in squares of 4 x 4, which fit in registers on every processor.</summary>
internal static unsafe class Transpose
{
    /// <summary>destination[c, r] = source[r, c].</summary>
    /// <param name="source">[rows x columns], with <paramref name="sourceStride"/> floats from row to row.</param>
    /// <param name="sourceStride">The stride of the source.</param>
    /// <param name="rows">The rows of the source: a multiple of 4.</param>
    /// <param name="columns">The columns of the source: a multiple of 4.</param>
    /// <param name="destination">[columns x rows], with <paramref name="destinationStride"/> floats from row to row.</param>
    /// <param name="destinationStride">The stride of the destination.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        for (int r = 0; r < rows; r += 4)
        {
            for (int c = 0; c < columns; c += 4)
                Square(source + r * sourceStride + c, sourceStride, destination + c * destinationStride + r, destinationStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(float* source, nint sourceStride, float* destination, nint destinationStride)
    {
        Vector128<float> r0 = Vector128.Load(source);
        Vector128<float> r1 = Vector128.Load(source + sourceStride);
        Vector128<float> r2 = Vector128.Load(source + 2 * sourceStride);
        Vector128<float> r3 = Vector128.Load(source + 3 * sourceStride);

        // Interleave rows 0 with 2 and 1 with 3, then the results with each other: a0 a1 a2 a3 is the first column, and so on.
        Vector128<float> low02 = InterleaveLow(r0, r2), high02 = InterleaveHigh(r0, r2);
        Vector128<float> low13 = InterleaveLow(r1, r3), high13 = InterleaveHigh(r1, r3);
        InterleaveLow(low02, low13).Store(destination);
        InterleaveHigh(low02, low13).Store(destination + destinationStride);
        InterleaveLow(high02, high13).Store(destination + 2 * destinationStride);
        InterleaveHigh(high02, high13).Store(destination + 3 * destinationStride);
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported) return Sse.UnpackLow(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(a, b);
        return Vector128.Create(a[0], b[0], a[1], b[1]);
    }

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported) return Sse.UnpackHigh(a, b);
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(a, b);
        return Vector128.Create(a[2], b[2], a[3], b[3]);
    }
}
