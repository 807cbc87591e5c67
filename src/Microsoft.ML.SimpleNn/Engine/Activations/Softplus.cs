using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = log(1 + e^u); y' = 1 / (1 + e^-u).</summary>
internal readonly struct Softplus : IActivation
{
    public static bool NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<TSimd, V>(V u)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        // max(u, 0) + log(1 + e^-|u|), which overflows for no u and keeps its digits for very negative ones.
        V small = VectorMath<TSimd, V>.Exp(VectorMath<TSimd, V>.Negate(TSimd.Absolute(u)));
        return TSimd.Add(VectorMath<TSimd, V>.Positive(u), VectorMath<TSimd, V>.Log1Plus(small));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<TSimd, V>(V u, V y)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        VectorMath<TSimd, V>.Sigmoid(u);
}
