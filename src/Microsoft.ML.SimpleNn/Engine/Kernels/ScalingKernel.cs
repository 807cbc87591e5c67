using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Standardises a row of features.</summary>
internal static unsafe class ScalingKernel
{
    /// <summary>destination = (source - mean) * factor. No buffer needs padding.</summary>
    public static void Run(float* source, float* mean, float* factor, float* destination, int count)
    {
        if (Simd.Is512) Run<Simd512, Vector512<float>>(source, mean, factor, destination, count);
        else if (Simd.Is256) Run<Simd256, Vector256<float>>(source, mean, factor, destination, count);
        else Run<Simd128, Vector128<float>>(source, mean, factor, destination, count);
    }

    /// <inheritdoc cref="Run(float*, float*, float*, float*, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, V>(float* source, float* mean, float* factor, float* destination, int count)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V centred = TSimd.Subtract(TSimd.Load(source + i), TSimd.Load(mean + i));
            TSimd.Store(TSimd.Multiply(centred, TSimd.Load(factor + i)), destination + i);
        }

        for (; i < count; i++) destination[i] = (source[i] - mean[i]) * factor[i];
    }
}
