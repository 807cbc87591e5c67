using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = 1 / (1 + e^-u); y' = y (1 - y).</summary>
internal readonly struct Sigmoid : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => VectorMath<V>.Sigmoid(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y) => y * (1 - y);
}
