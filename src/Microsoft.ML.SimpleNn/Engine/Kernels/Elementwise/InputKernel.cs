using System.Runtime.CompilerServices;

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
        bool hasMissing = false;
        Simd.Run(new RowPlain(source, centre, scale, destination, count, isShared) { HasMissing = &hasMissing });
        return hasMissing;
    }

    /// <inheritdoc cref="Plain(float*, float*, float*, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Plain<V>(float* source, float* centre, float* scale, float* destination, int count, bool isShared)
        where V : struct, IFloats<V>
    {
        int i = 0;
        V zeros = 0; // the sum of 0 x: NaN where an x is
        for (; i <= count - V.Count; i += V.Count)
        {
            V x = V.Load(source + i);
            zeros = V.MultiplyAdd(x, 0, zeros);
            V value = (x - V.Load(centre + i)) * V.Load(scale + i);
            if (isShared) value.StoreNonTemporal(destination + i);
            else value.Store(destination + i);
        }

        float zero = SumOfLanes(zeros);
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
        bool hasMissing = false;
        Simd.Run(new RowGeneral(source, arrays, destination, count, isShared, &hasMissing));
        return hasMissing;
    }

    /// <inheritdoc cref="General(float*, in Arrays, float*, int, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool General<V>(float* source, in Arrays arrays, float* destination, int count, bool isShared)
        where V : struct, IFloats<V>
    {
        int i = 0;
        V zeros = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V x = V.Load(source + i);
            zeros = V.MultiplyAdd(x, 0, zeros);
            V value = arrays.Apply(x, i);
            if (isShared) value.StoreNonTemporal(destination + i);
            else value.Store(destination + i);
        }

        float zero = SumOfLanes(zeros);
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
        else Simd.Run(new RowCopy(source, destination, count));
    }

    /// <inheritdoc cref="Copy"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyShared<V>(float* source, float* destination, int count)
        where V : struct, IFloats<V>
    {
        int i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Load(source + i).StoreNonTemporal(destination + i);
        for (; i < count; i++) destination[i] = source[i];
    }

    private static float SumOfLanes<V>(V value)
        where V : struct, IFloats<V>
    {
        float* lanes = stackalloc float[Padding.Lanes];
        value.Store(lanes);
        float sum = 0;
        for (int i = 0; i < V.Count; i++) sum += lanes[i];
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
        public readonly V Apply<V>(V x, int i)
            where V : struct, IFloats<V>
        {
            V z = (x * V.Load(Unit + i) - V.Load(Centre + i)) * V.Load(Factor + i);
            V largest = Largest, smallest = -Largest;
            z = V.IfLess(z, largest, z, largest);
            z = V.IfLess(smallest, z, z, smallest);
            V scaled = z * V.Load(InverseBound + i);
            V root = V.Sqrt(V.MultiplyAdd(scaled, scaled, 1));
            return z / root * V.Load(Gain + i);
        }
    }

    private readonly struct RowPlain(float* source, float* centre, float* scale, float* destination, int count, bool isShared) : IKernel
    {
        public bool* HasMissing { get; init; }

        void IKernel.Run<V>() => *HasMissing = Plain<V>(source, centre, scale, destination, count, isShared);
    }

    private readonly struct RowCopy(float* source, float* destination, int count) : IKernel
    {
        void IKernel.Run<V>() => CopyShared<V>(source, destination, count);
    }

    private readonly struct RowGeneral(float* source, Arrays arrays, float* destination, int count, bool isShared, bool* hasMissing) : IKernel
    {
        void IKernel.Run<V>() => *hasMissing = General<V>(source, arrays, destination, count, isShared);
    }
}
