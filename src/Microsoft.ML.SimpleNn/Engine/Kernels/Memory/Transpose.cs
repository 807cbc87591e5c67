using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Transposes a matrix in blocks of a vector's rows by 4 columns: four columns of a block are four whole vectors of the result.</summary>
internal static unsafe class Transpose<V>
    where V : struct, IFloats<V>
{
    /// <summary>destination[c, r] = source[r, c].</summary>
    /// <param name="source">[rows x columns], with <paramref name="sourceStride"/> floats from row to row.</param>
    /// <param name="sourceStride">The stride of the source.</param>
    /// <param name="rows">The rows of the source: a multiple of 16.</param>
    /// <param name="columns">The columns of the source: a multiple of 4.</param>
    /// <param name="destination">[columns x rows], with <paramref name="destinationStride"/> floats from row to row.</param>
    /// <param name="destinationStride">The stride of the destination.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceStride, int rows, int columns, float* destination, nint destinationStride)
    {
        for (nint r = 0; r < rows; r += V.Count)
        {
            for (nint c = 0; c < columns; c += 4)
                Block(source + r * sourceStride + c, sourceStride, destination + c * destinationStride + r, destinationStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* source, nint stride, float* destination, nint destinationStride)
    {
        // Rows 0, 4, 8, ... side by side, then 1, 5, 9, ..., and so on; in each group of four lanes it is the transposition of a 4 x 4 square.
        V r0 = V.LoadFours(source, 4 * stride);
        V r1 = V.LoadFours(source + stride, 4 * stride);
        V r2 = V.LoadFours(source + 2 * stride, 4 * stride);
        V r3 = V.LoadFours(source + 3 * stride, 4 * stride);

        // Interleave rows 0 with 2 and 1 with 3, then the results with each other: a0 a1 a2 a3 is the first column, and so on.
        V low02 = V.InterleaveLow(r0, r2), high02 = V.InterleaveHigh(r0, r2);
        V low13 = V.InterleaveLow(r1, r3), high13 = V.InterleaveHigh(r1, r3);
        V.InterleaveLow(low02, low13).Store(destination);
        V.InterleaveHigh(low02, low13).Store(destination + destinationStride);
        V.InterleaveLow(high02, high13).Store(destination + 2 * destinationStride);
        V.InterleaveHigh(high02, high13).Store(destination + 3 * destinationStride);
    }
}
