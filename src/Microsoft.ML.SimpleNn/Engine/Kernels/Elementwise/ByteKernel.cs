using System.Runtime.CompilerServices;

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
    public static void Plain(byte* source, float* centre, float* scale, float* destination, int count, bool isShared) =>
        Simd.Run(new RowPlain(source, centre, scale, destination, count, isShared));

    /// <inheritdoc cref="Plain(byte*, float*, float*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Plain<V>(byte* source, float* centre, float* scale, float* destination, int count, bool isShared)
        where V : struct, IFloats<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V value = (V.LoadBytes(source + i) - V.Load(centre + i)) * V.Load(scale + i);
            if (isShared) value.StoreNonTemporal(destination + i);
            else value.Store(destination + i);
        }

        for (; i < count; i++) destination[i] = (source[i] - centre[i]) * scale[i];
    }

    /// <summary>
    /// destination = bounded((source unit - centre) factor) gain, the bits that <see cref="InputKernel"/> gives for the same values. No buffer needs padding.
    /// </summary>
    /// <param name="source">A row.</param>
    /// <param name="arrays">The arrays, each with a number for each feature.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void General(byte* source, in InputKernel.Arrays arrays, float* destination, int count, bool isShared) =>
        Simd.Run(new RowGeneral(source, arrays, destination, count, isShared));

    /// <inheritdoc cref="General(byte*, in InputKernel.Arrays, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void General<V>(byte* source, in InputKernel.Arrays arrays, float* destination, int count, bool isShared)
        where V : struct, IFloats<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V value = arrays.Apply(V.LoadBytes(source + i), i);
            if (isShared) value.StoreNonTemporal(destination + i);
            else value.Store(destination + i);
        }

        for (; i < count; i++) destination[i] = InputKernel.General(source[i], i, arrays);
    }

    /// <summary>destination = source. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    public static void Convert(byte* source, float* destination, int count, bool isShared) =>
        Simd.Run(new RowConvert(source, destination, count, isShared));

    /// <inheritdoc cref="Convert(byte*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<V>(byte* source, float* destination, int count, bool isShared)
        where V : struct, IFloats<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            if (isShared) V.LoadBytes(source + i).StoreNonTemporal(destination + i);
            else V.LoadBytes(source + i).Store(destination + i);
        }

        for (; i < count; i++) destination[i] = source[i];
    }

    private readonly struct RowPlain(byte* source, float* centre, float* scale, float* destination, int count, bool isShared) : IKernel
    {
        void IKernel.Run<V>() => Plain<V>(source, centre, scale, destination, count, isShared);
    }

    private readonly struct RowGeneral(byte* source, InputKernel.Arrays arrays, float* destination, int count, bool isShared) : IKernel
    {
        void IKernel.Run<V>() => General<V>(source, arrays, destination, count, isShared);
    }

    private readonly struct RowConvert(byte* source, float* destination, int count, bool isShared) : IKernel
    {
        void IKernel.Run<V>() => Convert<V>(source, destination, count, isShared);
    }
}
