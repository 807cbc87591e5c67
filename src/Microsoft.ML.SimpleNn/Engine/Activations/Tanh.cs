using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = tanh u; y' = 1 - y y.</summary>
internal readonly struct Tanh : IActivation
{
    public static bool NeedsLinear => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        VectorMath<TSimd, V>.Tanh(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Subtract(TSimd.Broadcast(1f), TSimd.Multiply(y, y));
}
