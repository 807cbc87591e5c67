using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u for u &gt;= 0, e^u - 1 below; y' = 1, e^u = y + 1.</summary>
internal readonly struct ELU : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => V.IfLess(u, 0, VectorMath<V>.Exp(u) - 1, u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y) => V.IfLess(y, 0, y + 1, 1);
}
