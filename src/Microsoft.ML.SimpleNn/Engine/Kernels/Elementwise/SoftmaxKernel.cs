using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>Softmax of one row. A value that is NaN makes all of its results NaN, but for the largest value.</summary>
internal static unsafe class SoftmaxKernel<V>
    where V : struct, IFloats<V>
{
    private const float Tiny = 1e-30f;

    /// <summary>p_j = e^(z_j - max) / sum of them.</summary>
    /// <param name="z">The row, with room up to a multiple of 16.</param>
    /// <param name="count">The values, 1 or more.</param>
    /// <param name="p">The result, zero in the padding; may be <paramref name="z"/>.</param>
    /// <param name="max">The largest value.</param>
    /// <returns>The sum of e^(z_j - max): 1 or more; NaN where a value is.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Run(float* z, int count, float* p, out float max)
    {
        float* lanes = stackalloc float[Padding.Lanes];
        float sum = Exponentials(z, count, p, lanes, out max);
        V total = sum;
        for (int i = 0; i < count; i += V.Count) (V.Load(p + i) / total).Store(p + i);
        return sum;
    }

    /// <summary>The gradient of cross-entropy: delta_j = factor (p_j - (1 - smoothing) [j = label] - smoothing / count).</summary>
    /// <param name="z">The row, with room up to a multiple of 16.</param>
    /// <param name="count">The values, 1 or more.</param>
    /// <param name="label">The class, from 0 to count - 1.</param>
    /// <param name="factor">What delta is multiplied by.</param>
    /// <param name="smoothing">How much of the target is equal chances for all values.</param>
    /// <param name="delta">The result, zero in the padding.</param>
    /// <returns>The sum of e^(z_j - max), 1 or more, or NaN where a value is; and the largest value.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Max) Gradient(float* z, int count, int label, float factor, float smoothing, float* delta)
    {
        float* lanes = stackalloc float[Padding.Lanes];
        float sum = Exponentials(z, count, delta, lanes, out float max), exponential = delta[label];
        V total = sum, scale = factor;
        for (int i = 0; i < count; i += V.Count)
            (V.Load(delta + i) / total * scale).Store(delta + i);
        if (smoothing == 0)
        {
            delta[label] = ((exponential / sum) - 1) * factor;
            return (sum, max);
        }

        float share = smoothing / count, shift = share * factor;
        for (int i = 0; i < count; i++) delta[i] -= shift;
        delta[label] = ((exponential / sum) - (1 - smoothing + share)) * factor;
        return (sum, max);
    }

    /// <summary>e^(z_j - max), zero in the padding, and their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials(float* z, int count, float* exponentials, float* lanes, out float max)
    {
        // The mask of a padded row's last 16 lanes; what lies in the padding is nobody's value.
        int width = Padding.RoundUp(count), full = width - Padding.Lanes;
        float* mask = Padding.Mask(count);
        V first = z[0];
        for (int lane = 0; lane < Padding.Lanes; lane += V.Count)
        {
            V largest = first;
            for (int i = lane; i < full; i += Padding.Lanes) largest = Larger(largest, V.Load(z + i));
            largest = Larger(largest, V.Select(V.Load(mask + lane), V.Load(z + full + lane), first));
            largest.Store(lanes + lane);
        }

        max = Reduction.MaxOfLanes(lanes);
        V shift = max, zero = 0;
        for (int lane = 0; lane < Padding.Lanes; lane += V.Count)
        {
            V sum = zero;
            for (int i = lane; i < full; i += Padding.Lanes)
            {
                V exponential = Exponential(V.Load(z + i), shift);
                exponential.Store(exponentials + i);
                sum += exponential;
            }

            V last = V.Select(V.Load(mask + lane), Exponential(V.Load(z + full + lane), shift), zero);
            last.Store(exponentials + full + lane);
            (sum + last).Store(lanes + lane);
        }

        return Reduction.SumOfLanes(lanes);
    }

    /// <summary>
    /// e^(z - max), and 0 below 1e-30: what is smaller would become denormal numbers in the gradient, on which arithmetic is an order of magnitude slower.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponential(V z, V max)
    {
        V exponential = VectorMath<V>.Exp(z - max);
        return V.IfLess(exponential, Tiny, 0, exponential);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Larger(V a, V b) => V.IfLess(a, b, b, a);
}
