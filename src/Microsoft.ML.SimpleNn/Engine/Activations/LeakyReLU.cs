using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u for u &gt;= 0, 0.01 u below; y' = 1, 0.01.</summary>
internal readonly struct LeakyReLU : IActivation
{
    private const float Slope = 0.01f;

    public static bool NeedsLinear => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Select(TSimd.LessThan(u, TSimd.Broadcast(0f)), TSimd.Multiply(TSimd.Broadcast(Slope), u), u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Select(TSimd.LessThan(y, TSimd.Broadcast(0f)), TSimd.Broadcast(Slope), TSimd.Broadcast(1f));
}
