using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Standardises or copies a row of features.</summary>
internal static unsafe class ScalingKernel
{
    /// <summary>destination = (source - mean) * factor. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="mean">What is subtracted, for each feature.</param>
    /// <param name="factor">What is multiplied by.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void Run(float* source, float* mean, float* factor, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) Run<Simd512, Vector512<float>>(source, mean, factor, destination, count, isShared);
        else if (Simd.Is256) Run<Simd256, Vector256<float>>(source, mean, factor, destination, count, isShared);
        else Run<Simd128, Vector128<float>>(source, mean, factor, destination, count, isShared);
    }

    /// <inheritdoc cref="Run(float*, float*, float*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, V>(float* source, float* mean, float* factor, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V centred = TSimd.Subtract(TSimd.Load(source + i), TSimd.Load(mean + i));
            V value = TSimd.Multiply(centred, TSimd.Load(factor + i));
            if (isShared) TSimd.StoreNonTemporal(value, destination + i);
            else TSimd.Store(value, destination + i);
        }

        for (; i < count; i++) destination[i] = (source[i] - mean[i]) * factor[i];
    }

    /// <summary>destination = source. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void Copy(float* source, float* destination, int count, bool isShared)
    {
        if (!isShared) new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
        else if (Simd.Is512) CopyShared<Simd512, Vector512<float>>(source, destination, count);
        else if (Simd.Is256) CopyShared<Simd256, Vector256<float>>(source, destination, count);
        else CopyShared<Simd128, Vector128<float>>(source, destination, count);
    }

    /// <inheritdoc cref="Copy"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyShared<TSimd, V>(float* source, float* destination, int count)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count) TSimd.StoreNonTemporal(TSimd.Load(source + i), destination + i);
        for (; i < count; i++) destination[i] = source[i];
    }
}
