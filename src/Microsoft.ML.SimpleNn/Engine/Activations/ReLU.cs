using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = max(u, 0); y' = 1 for u &gt; 0, else 0.</summary>
internal readonly struct ReLU : IActivation
{
    public static bool NeedsLinear => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        VectorMath<TSimd, V>.Positive(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Select(TSimd.LessThan(TSimd.Broadcast(0f), y), TSimd.Broadcast(1f), TSimd.Broadcast(0f));
}
