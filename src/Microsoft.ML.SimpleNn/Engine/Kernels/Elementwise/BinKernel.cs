using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Computes the inputs of a number's pieces.</summary>
internal static unsafe class BinKernel
{
    /// <summary>destination_t = (e_t - mean_t) scale_t, where e_t = (x - lower_t) slope_t, held to 0 and 1. No buffer needs padding.</summary>
    /// <param name="x">The number, which is known.</param>
    /// <param name="lower">Where each piece begins.</param>
    /// <param name="slope">1 over its length.</param>
    /// <param name="mean">The mean of its e.</param>
    /// <param name="scale">What is multiplied by.</param>
    /// <param name="destination">The inputs.</param>
    /// <param name="count">The pieces.</param>
    public static void Run(float x, float* lower, float* slope, float* mean, float* scale, float* destination, int count)
    {
        if (Simd.Is512) Run<Simd512, Vector512<float>>(x, lower, slope, mean, scale, destination, count);
        else if (Simd.Is256) Run<Simd256, Vector256<float>>(x, lower, slope, mean, scale, destination, count);
        else Run<Simd128, Vector128<float>>(x, lower, slope, mean, scale, destination, count);
    }

    /// <inheritdoc cref="Run(float, float*, float*, float*, float*, float*, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, V>(float x, float* lower, float* slope, float* mean, float* scale, float* destination, int count)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        V number = TSimd.Broadcast(x), zero = TSimd.Broadcast(0f), one = TSimd.Broadcast(1f);
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V e = TSimd.Multiply(TSimd.Subtract(number, TSimd.Load(lower + i)), TSimd.Load(slope + i));
            e = TSimd.Select(TSimd.LessThan(e, zero), zero, TSimd.Select(TSimd.LessThan(one, e), one, e));
            TSimd.Store(TSimd.Multiply(TSimd.Subtract(e, TSimd.Load(mean + i)), TSimd.Load(scale + i)), destination + i);
        }

        for (; i < count; i++)
        {
            float e = (x - lower[i]) * slope[i];
            e = e < 0 ? 0 : 1 < e ? 1 : e;
            destination[i] = (e - mean[i]) * scale[i];
        }
    }
}
