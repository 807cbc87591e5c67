using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// Sums with one order whatever the vector width: 16 lanes, lane i taking every 16th value, then the lanes in halves, 8 and 8, 4 and 4, and so on. One 512-bit
/// vector is the 16 lanes; two of 256 bits, or four of 128, are the same lanes side by side.
/// </summary>
internal static unsafe class Reduction
{
    /// <summary>The sum of 16 lanes, the upper half added to the lower until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfLanes(float* lanes)
    {
        Vector128<float> fours = (Vector128.Load(lanes) + Vector128.Load(lanes + 8)) + (Vector128.Load(lanes + 4) + Vector128.Load(lanes + 12));
        Vector128<float> twos = fours + Vector128.Shuffle(fours, Vector128.Create(2, 3, 2, 3));
        return twos[0] + twos[1];
    }

    /// <summary>The sum of a_i b_i.</summary>
    /// <param name="a">Numbers.</param>
    /// <param name="b">As many.</param>
    /// <param name="count">How many: a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Product<V>(float* a, float* b, int count)
        where V : struct, IFloats<V>
    {
        float* lanes = stackalloc float[Padding.Lanes];
        for (int lane = 0; lane < Padding.Lanes; lane += V.Count)
        {
            V sum = 0;
            for (int i = lane; i < count; i += Padding.Lanes) sum = V.MultiplyAdd(V.Load(a + i), V.Load(b + i), sum);
            sum.Store(lanes + lane);
        }

        return SumOfLanes(lanes);
    }

    /// <summary>The largest of 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOfLanes(float* lanes)
    {
        Vector128<float> even = Larger(Vector128.Load(lanes), Vector128.Load(lanes + 8)), odd = Larger(Vector128.Load(lanes + 4), Vector128.Load(lanes + 12));
        Vector128<float> fours = Larger(even, odd);
        Vector128<float> twos = Larger(fours, Vector128.Shuffle(fours, Vector128.Create(2, 3, 2, 3)));
        return twos[0] < twos[1] ? twos[1] : twos[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Larger(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(Vector128.LessThan(a, b), b, a);
}
