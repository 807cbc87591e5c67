using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = log(1 + e^u); y' = 1 / (1 + e^-u).</summary>
internal readonly struct Softplus : IActivation
{
    static bool IActivation.NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u)
    {
        // max(u, 0) + log(1 + e^-|u|), which overflows for no u and keeps its digits for very negative ones.
        V small = VectorMath<V>.Exp(-V.Abs(u));
        return VectorMath<V>.Positive(u) + VectorMath<V>.Log1Plus(small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y) => VectorMath<V>.Sigmoid(u);
}
