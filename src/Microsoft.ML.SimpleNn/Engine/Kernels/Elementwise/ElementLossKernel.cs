using System.Runtime.CompilerServices;

namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>A loss and its delta over the outputs of one row.</summary>
internal static unsafe class ElementLossKernel<TLoss, V>
    where TLoss : struct, IElementLoss
    where V : struct, IFloats<V>
{
    /// <summary>The sum of the losses; delta = factor times their derivatives. A target that is NaN is missing, and gives neither.</summary>
    /// <param name="loss">The formula.</param>
    /// <param name="z">The outputs, padded to a multiple of 16.</param>
    /// <param name="targets">The targets, not padded.</param>
    /// <param name="count">The outputs.</param>
    /// <param name="factor">What delta is multiplied by.</param>
    /// <param name="delta">Written; zero in the padding.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Run(TLoss loss, float* z, float* targets, int count, float factor, float* delta)
    {
        float* t = stackalloc float[Padding.Lanes];
        float* losses = stackalloc float[Padding.Lanes];
        float* sums = stackalloc float[Padding.Lanes];
        for (int i = 0; i < Padding.Lanes; i++) sums[i] = 0;

        V scale = factor;
        for (int first = 0; first < count; first += Padding.Lanes)
        {
            int filled = Math.Min(Padding.Lanes, count - first);
            for (int i = 0; i < Padding.Lanes; i++) t[i] = i < filled ? targets[first + i] : 0;
            for (int i = 0; i < Padding.Lanes; i += V.Count)
            {
                V output = V.Load(z + first + i), target = V.Load(t + i);
                loss.Value(output, target, first + i).Store(losses + i);
                (loss.Derivative(output, target, first + i) * scale).Store(delta + first + i);
            }

            for (int i = 0; i < Padding.Lanes; i++)
            {
                if (i < filled && !float.IsNaN(t[i])) sums[i] += losses[i];
                else delta[first + i] = 0;
            }
        }

        return Reduction.SumOfLanes(sums);
    }

    /// <summary>Turns 16 outputs into predictions, in place.</summary>
    public static void Predict(float* outputs)
    {
        for (int i = 0; i < Padding.Lanes; i += V.Count)
            TLoss.Prediction(V.Load(outputs + i)).Store(outputs + i);
    }
}
