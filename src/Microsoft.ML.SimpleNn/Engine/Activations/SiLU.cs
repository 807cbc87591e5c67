using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u s(u), s the logistic function; y' = s(u) + y (1 - s(u)).</summary>
internal readonly struct SiLU : IActivation
{
    public static bool NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Multiply(u, VectorMath<TSimd, V>.Sigmoid(u));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V sigmoid = VectorMath<TSimd, V>.Sigmoid(u);
        return TSimd.MultiplyAdd(y, TSimd.Subtract(TSimd.Broadcast(1f), sigmoid), sigmoid);
    }
}
