using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = s u for u &gt;= 0, s a (e^u - 1) below; y' = s, y + s a. The constants keep mean 0 and variance 1 from layer to layer (Klambauer et al. 2017, Self-Normalizing Neural Networks).</summary>
internal readonly struct SELU : IActivation
{
    private const float Scale = 1.05070098f;
    private const float ScaleAlpha = 1.75809934f;

    public static bool NeedsLinear => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V negative = TSimd.Multiply(TSimd.Broadcast(ScaleAlpha), TSimd.Subtract(VectorMath<TSimd, V>.Exp(u), TSimd.Broadcast(1f)));
        return TSimd.Select(TSimd.LessThan(u, TSimd.Broadcast(0f)), negative, TSimd.Multiply(TSimd.Broadcast(Scale), u));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Select(TSimd.LessThan(y, TSimd.Broadcast(0f)), TSimd.Add(y, TSimd.Broadcast(ScaleAlpha)), TSimd.Broadcast(Scale));
}
