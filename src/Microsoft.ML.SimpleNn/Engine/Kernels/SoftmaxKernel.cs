using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Softmax of one row.</summary>
internal static unsafe class SoftmaxKernel<TSimd, V>
    where TSimd : struct, ISimd<V>
    where V : struct
{
    /// <summary>p_j = e^(z_j - max) / sum of them.</summary>
    /// <param name="z">The row, with room up to a multiple of 16, which is overwritten.</param>
    /// <param name="count">The values.</param>
    /// <param name="p">The result, zero in the padding; may be <paramref name="z"/>.</param>
    /// <param name="max">The largest value.</param>
    /// <returns>log of the sum of e^(z_j - max): 0 or more; NaN where a value is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Run(float* z, int count, float* p, out float max)
    {
        max = z[0];
        for (int i = 1; i < count; i++) max = z[i] > max ? z[i] : max;

        int width = Padding.RoundUp(count);
        V shift = TSimd.Broadcast(max);
        for (int i = 0; i < width; i += TSimd.Count)
            TSimd.Store(VectorMath<TSimd, V>.Exp(TSimd.Subtract(TSimd.Load(z + i), shift)), p + i);
        for (int i = count; i < width; i++) p[i] = 0;

        float sum = Reduction<TSimd, V>.Sum(p, width);
        V total = TSimd.Broadcast(sum);
        for (int i = 0; i < width; i += TSimd.Count) TSimd.Store(TSimd.Divide(TSimd.Load(p + i), total), p + i);
        return float.IsNaN(sum) ? sum : ScalarMath.Log(sum); // the logarithm of NaN is some number: it takes positive numbers only
    }
}
