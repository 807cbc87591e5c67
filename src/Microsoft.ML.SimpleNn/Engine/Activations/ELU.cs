using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u for u &gt;= 0, e^u - 1 below; y' = 1, e^u = y + 1.</summary>
internal readonly struct ELU : IActivation
{
    public static bool NeedsLinear => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V negative = TSimd.Subtract(VectorMath<TSimd, V>.Exp(u), TSimd.Broadcast(1f));
        return TSimd.Select(TSimd.LessThan(u, TSimd.Broadcast(0f)), negative, u);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Select(TSimd.LessThan(y, TSimd.Broadcast(0f)), TSimd.Add(y, TSimd.Broadcast(1f)), TSimd.Broadcast(1f));
}
