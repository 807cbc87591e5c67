using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Converts and standardises rows of features that are stored as bytes.</summary>
internal static unsafe class ByteKernel
{
    /// <summary>destination = (source - centre) scale, the bits that <see cref="InputKernel"/> gives for the same values. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="centre">What is subtracted, for each feature.</param>
    /// <param name="scale">What is multiplied by.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void Plain(byte* source, float* centre, float* scale, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) Plain<Simd512, Vector512<float>>(source, centre, scale, destination, count, isShared);
        else if (Simd.Is256) Plain<Simd256, Vector256<float>>(source, centre, scale, destination, count, isShared);
        else Plain<Simd128, Vector128<float>>(source, centre, scale, destination, count, isShared);
    }

    /// <inheritdoc cref="Plain(byte*, float*, float*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Plain<TSimd, V>(byte* source, float* centre, float* scale, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V value = TSimd.Multiply(TSimd.Subtract(TSimd.LoadBytes(source + i), TSimd.Load(centre + i)), TSimd.Load(scale + i));
            if (isShared) TSimd.StoreNonTemporal(value, destination + i);
            else TSimd.Store(value, destination + i);
        }

        for (; i < count; i++) destination[i] = (source[i] - centre[i]) * scale[i];
    }

    /// <summary>destination = bounded((source unit - centre) factor) gain, the bits that <see cref="InputKernel"/> gives for the same values. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="arrays">The arrays, each with a number for each feature.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void General(byte* source, in InputKernel.Arrays arrays, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) General<Simd512, Vector512<float>>(source, arrays, destination, count, isShared);
        else if (Simd.Is256) General<Simd256, Vector256<float>>(source, arrays, destination, count, isShared);
        else General<Simd128, Vector128<float>>(source, arrays, destination, count, isShared);
    }

    /// <inheritdoc cref="General(byte*, in InputKernel.Arrays, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void General<TSimd, V>(byte* source, in InputKernel.Arrays arrays, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V value = arrays.Apply<TSimd, V>(TSimd.LoadBytes(source + i), i);
            if (isShared) TSimd.StoreNonTemporal(value, destination + i);
            else TSimd.Store(value, destination + i);
        }

        for (; i < count; i++) destination[i] = InputKernel.General(source[i], i, arrays);
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
