using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>loss = |z - t|, delta = the sign of z - t, prediction = z: the median of the targets, where squared error learns their mean.</summary>
internal readonly struct AbsoluteError : IElementLoss
{
    public static bool HasAccuracy => false;

    public static TargetUnit TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct => TSimd.Absolute(TSimd.Subtract(z, t));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V above = TSimd.Select(TSimd.LessThan(t, z), TSimd.Broadcast(1f), TSimd.Broadcast(0f));
        return TSimd.Select(TSimd.LessThan(z, t), TSimd.Broadcast(-1f), above);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct => z;
}
