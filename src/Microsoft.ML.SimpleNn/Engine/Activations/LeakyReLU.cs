using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u for u &gt;= 0, 0.01 u below; y' = 1, 0.01.</summary>
internal readonly struct LeakyReLU : IActivation
{
    private const float Slope = 0.01f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => V.IfLess(u, 0, Slope * u, u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y) => V.IfLess(y, 0, Slope, 1);
}
