using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Sums with one order whatever the vector width: 16 lanes, lane i taking every 16th value, then the lanes in halves.</summary>
internal static unsafe class Reduction<TSimd, V>
    where TSimd : struct, ISimd<V>
    where V : struct
{
    /// <summary>The sum of <paramref name="count"/> values, a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(float* values, int count)
    {
        // One 512-bit vector is the 16 lanes; two of 256 bits, or four of 128, are the same lanes side by side.
        float* lanes = stackalloc float[Padding.Lanes];
        for (int first = 0; first < Padding.Lanes; first += TSimd.Count)
        {
            V sum = TSimd.Broadcast(0f);
            for (int i = first; i < count; i += Padding.Lanes) sum = TSimd.Add(sum, TSimd.Load(values + i));
            TSimd.Store(sum, lanes + first);
        }

        for (int half = Padding.Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }

        return lanes[0];
    }
}
