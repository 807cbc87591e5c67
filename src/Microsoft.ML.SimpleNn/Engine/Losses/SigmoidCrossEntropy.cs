using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// loss = -t log p - (1 - t) log(1 - p) with p = sigmoid(z), which is max(z, 0) - z t + log(1 + e^-|z|) and so overflows for no z;
/// delta = p - t.
/// </summary>
/// <param name="smoothing">How much of each target is one half, in the delta alone; the loss that is reported is without.</param>
internal readonly struct SigmoidCrossEntropy(float smoothing) : IElementLoss
{
    static bool IElementLoss.HasAccuracy => true;

    static TargetUnit IElementLoss.TargetUnit => TargetUnit.AsGiven;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Value<V>(V z, V t, int output)
    {
        V small = VectorMath<V>.Exp(-V.Abs(z));
        V linear = VectorMath<V>.Positive(z) - z * t;
        return linear + VectorMath<V>.Log1Plus(small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Derivative<V>(V z, V t, int output)
    {
        V target = smoothing == 0 ? t : V.MultiplyAdd(1 - smoothing, t, smoothing / 2);
        return VectorMath<V>.Sigmoid(z) - target;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementLoss.Prediction<V>(V z) => VectorMath<V>.Sigmoid(z);

    static double IElementLoss.PredictionSlope(double z)
    {
        double e = Math.Exp(-Math.Abs(z)); // p (1 - p), the same for z and -z
        return e / ((1 + e) * (1 + e));
    }
}
