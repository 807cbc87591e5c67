using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Computes the inputs of a number's pieces.</summary>
internal static unsafe class BinKernel
{
    /// <summary>destination_t = (e_t - mean_t) scale_t, where e_t = (x - lower_t) slope_t, held to 0 and 1. No buffer needs padding.</summary>
    /// <param name="x">The number, which is known.</param>
    /// <param name="arrays">What belongs to each piece.</param>
    /// <param name="destination">The inputs.</param>
    /// <param name="count">The pieces.</param>
    public static void Run(float x, in Arrays arrays, float* destination, int count) =>
        Simd.Run(new Pieces(x, arrays, destination, count));

    /// <inheritdoc cref="Run(float, in Arrays, float*, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(float x, in Arrays arrays, float* destination, int count)
        where V : struct, IFloats<V>
    {
        float* lower = arrays.Lower, slope = arrays.Slope, mean = arrays.Mean, scale = arrays.Scale;
        int i = 0;
        V number = x, zero = 0, one = 1;
        for (; i <= count - V.Count; i += V.Count)
        {
            V e = (number - V.Load(lower + i)) * V.Load(slope + i);
            e = V.IfLess(e, zero, zero, V.IfLess(one, e, one, e));
            ((e - V.Load(mean + i)) * V.Load(scale + i)).Store(destination + i);
        }

        for (; i < count; i++)
        {
            float e = (x - lower[i]) * slope[i];
            e = e < 0 ? 0 : 1 < e ? 1 : e;
            destination[i] = (e - mean[i]) * scale[i];
        }
    }

    /// <summary>What belongs to each piece of a number.</summary>
    internal struct Arrays
    {
        /// <summary>Where it begins.</summary>
        public float* Lower;

        /// <summary>1 over its length.</summary>
        public float* Slope;

        /// <summary>The mean of its e.</summary>
        public float* Mean;

        /// <summary>What is multiplied by.</summary>
        public float* Scale;
    }

    private readonly struct Pieces(float x, Arrays arrays, float* destination, int count) : IKernel
    {
        void IKernel.Run<V>() => Run<V>(x, arrays, destination, count);
    }
}
