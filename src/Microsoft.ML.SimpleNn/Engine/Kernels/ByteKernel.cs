using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Converts and standardises rows of features that are stored as bytes.</summary>
internal static unsafe class ByteKernel
{
    /// <summary>destination = (source - mean) * factor, the bits that <see cref="ScalingKernel"/> gives for the same values. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="mean">What is subtracted, for each feature.</param>
    /// <param name="factor">What is multiplied by.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void Standardize(byte* source, float* mean, float* factor, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) Standardize<Simd512, Vector512<float>>(source, mean, factor, destination, count, isShared);
        else if (Simd.Is256) Standardize<Simd256, Vector256<float>>(source, mean, factor, destination, count, isShared);
        else Standardize<Simd128, Vector128<float>>(source, mean, factor, destination, count, isShared);
    }

    /// <inheritdoc cref="Standardize(byte*, float*, float*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Standardize<TSimd, V>(byte* source, float* mean, float* factor, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V centred = TSimd.Subtract(TSimd.LoadBytes(source + i), TSimd.Load(mean + i));
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
    public static void Convert(byte* source, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) Convert<Simd512, Vector512<float>>(source, destination, count, isShared);
        else if (Simd.Is256) Convert<Simd256, Vector256<float>>(source, destination, count, isShared);
        else Convert<Simd128, Vector128<float>>(source, destination, count, isShared);
    }

    /// <inheritdoc cref="Convert(byte*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<TSimd, V>(byte* source, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            if (isShared) TSimd.StoreNonTemporal(TSimd.LoadBytes(source + i), destination + i);
            else TSimd.Store(TSimd.LoadBytes(source + i), destination + i);
        }

        for (; i < count; i++) destination[i] = source[i];
    }
}
