using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Computes the inputs of a network from a row of features, or copies the row.</summary>
internal static unsafe class InputKernel
{
    /// <summary>Inputs are held to this size before they are bounded, so that their squares do not overflow.</summary>
    private const float Largest = 1e15f;

    /// <summary>destination = (source - centre) scale. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="centre">What is subtracted, for each feature.</param>
    /// <param name="scale">What is multiplied by.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    /// <returns>Whether a value of the row is NaN.</returns>
    public static bool Plain(float* source, float* centre, float* scale, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) return Plain<Simd512, Vector512<float>>(source, centre, scale, destination, count, isShared);
        if (Simd.Is256) return Plain<Simd256, Vector256<float>>(source, centre, scale, destination, count, isShared);
        return Plain<Simd128, Vector128<float>>(source, centre, scale, destination, count, isShared);
    }

    /// <inheritdoc cref="Plain(float*, float*, float*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Plain<TSimd, V>(float* source, float* centre, float* scale, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        V zeros = TSimd.Broadcast(0f); // the sum of 0 x: NaN where an x is
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V x = TSimd.Load(source + i);
            zeros = TSimd.MultiplyAdd(x, TSimd.Broadcast(0f), zeros);
            V value = TSimd.Multiply(TSimd.Subtract(x, TSimd.Load(centre + i)), TSimd.Load(scale + i));
            if (isShared) TSimd.StoreNonTemporal(value, destination + i);
            else TSimd.Store(value, destination + i);
        }

        float zero = SumOfLanes<TSimd, V>(zeros);
        for (; i < count; i++)
        {
            zero += source[i] * 0;
            destination[i] = (source[i] - centre[i]) * scale[i];
        }

        return float.IsNaN(zero);
    }

    /// <summary>destination = bounded((source unit - centre) factor) gain. No buffer needs padding.</summary>
    /// <param name="source">A row.</param>
    /// <param name="arrays">The arrays, each with a number for each feature.</param>
    /// <param name="destination">The result; a multiple of 64 bytes where it is shared.</param>
    /// <param name="count">The features.</param>
    /// <param name="isShared">Whether other threads read the destination.</param>
    /// <returns>Whether a value of the row is NaN.</returns>
    public static bool General(float* source, in Arrays arrays, float* destination, int count, bool isShared)
    {
        if (Simd.Is512) return General<Simd512, Vector512<float>>(source, arrays, destination, count, isShared);
        if (Simd.Is256) return General<Simd256, Vector256<float>>(source, arrays, destination, count, isShared);
        return General<Simd128, Vector128<float>>(source, arrays, destination, count, isShared);
    }

    /// <inheritdoc cref="General(float*, in Arrays, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool General<TSimd, V>(float* source, in Arrays arrays, float* destination, int count, bool isShared)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        int i = 0;
        V zeros = TSimd.Broadcast(0f);
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V x = TSimd.Load(source + i);
            zeros = TSimd.MultiplyAdd(x, TSimd.Broadcast(0f), zeros);
            V value = arrays.Apply<TSimd, V>(x, i);
            if (isShared) TSimd.StoreNonTemporal(value, destination + i);
            else TSimd.Store(value, destination + i);
        }

        float zero = SumOfLanes<TSimd, V>(zeros);
        for (; i < count; i++)
        {
            zero += source[i] * 0;
            destination[i] = General(source[i], i, arrays);
        }

        return float.IsNaN(zero);
    }

    /// <summary>The same for one feature.</summary>
    public static float General(float x, int feature, in Arrays arrays)
    {
        float z = (x * arrays.Unit[feature] - arrays.Centre[feature]) * arrays.Factor[feature];
        z = z < Largest ? z : Largest;
        z = -Largest < z ? z : -Largest;
        float scaled = z * arrays.InverseBound[feature];
        return z / MathF.Sqrt(MathF.FusedMultiplyAdd(scaled, scaled, 1)) * arrays.Gain[feature];
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

    private static float SumOfLanes<TSimd, V>(V value)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        float* lanes = stackalloc float[Padding.Lanes];
        TSimd.Store(value, lanes);
        float sum = 0;
        for (int i = 0; i < TSimd.Count; i++) sum += lanes[i];
        return sum;
    }

    /// <summary>What is done to each feature of a row.</summary>
    internal struct Arrays
    {
        public float* Unit;
        public float* Centre;
        public float* Factor;
        public float* InverseBound;
        public float* Gain;

        /// <summary>The inputs of a vector of features, from feature <paramref name="i"/> on.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V Apply<TSimd, V>(V x, int i)
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            V z = TSimd.Multiply(TSimd.Subtract(TSimd.Multiply(x, TSimd.Load(Unit + i)), TSimd.Load(Centre + i)), TSimd.Load(Factor + i));
            V largest = TSimd.Broadcast(Largest), smallest = TSimd.Broadcast(-Largest);
            z = TSimd.Select(TSimd.LessThan(z, largest), z, largest);
            z = TSimd.Select(TSimd.LessThan(smallest, z), z, smallest);
            V scaled = TSimd.Multiply(z, TSimd.Load(InverseBound + i));
            V root = TSimd.SquareRoot(TSimd.MultiplyAdd(scaled, scaled, TSimd.Broadcast(1f)));
            return TSimd.Multiply(TSimd.Divide(z, root), TSimd.Load(Gain + i));
        }
    }
}
