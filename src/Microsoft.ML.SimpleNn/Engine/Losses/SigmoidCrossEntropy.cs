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
    public static bool HasAccuracy => true;

    public static TargetUnit TargetUnit => TargetUnit.AsGiven;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V small = VectorMath<TSimd, V>.Exp(VectorMath<TSimd, V>.Negate(TSimd.Absolute(z)));
        V linear = TSimd.Subtract(VectorMath<TSimd, V>.Positive(z), TSimd.Multiply(z, t));
        return TSimd.Add(linear, VectorMath<TSimd, V>.Log1Plus(small));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V target = smoothing == 0 ? t : TSimd.MultiplyAdd(TSimd.Broadcast(1 - smoothing), t, TSimd.Broadcast(smoothing / 2));
        return TSimd.Subtract(VectorMath<TSimd, V>.Sigmoid(z), target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct => VectorMath<TSimd, V>.Sigmoid(z);
}
