using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>loss = (z - t)^2, delta = 2 (z - t), prediction = z.</summary>
internal readonly struct SquaredError : IElementLoss
{
    public static bool HasAccuracy => false;

    public static TargetUnit TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V difference = TSimd.Subtract(z, t);
        return TSimd.Multiply(difference, difference);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<TSimd, V>(V z, V t, int output)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V difference = TSimd.Subtract(z, t);
        return TSimd.Add(difference, difference);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Prediction<TSimd, V>(V z)
        where TSimd : struct, ISimd<V>
        where V : struct => z;
}
