using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The pinball loss, whose minimum is the quantile of probability p: loss = p (t - z) for z &lt;= t, (1 - p) (z - t) above (R. Koenker, G. Bassett
/// 1978, Regression Quantiles); derivative = -p below t, 1 - p above, 0 at t; prediction = z.
/// </summary>
/// <param name="probabilities">The p of each output, padded to a multiple of 16; or 16 times the one p of all outputs.</param>
/// <param name="single">Whether there is one p for all outputs.</param>
internal readonly unsafe struct QuantileLoss(float* probabilities, bool single) : IElementLoss
{
    public static bool HasAccuracy => false;

    public static TargetUnit TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct => TSimd.Multiply(TSimd.Subtract(z, t), Derivative<TSimd, V>(z, t, output));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V p = TSimd.Load(probabilities + (single ? 0 : output));
        V above = TSimd.Select(TSimd.LessThan(t, z), TSimd.Subtract(TSimd.Broadcast(1f), p), TSimd.Broadcast(0f));
        return TSimd.Select(TSimd.LessThan(z, t), VectorMath<TSimd, V>.Negate(p), above);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct => z;
}
