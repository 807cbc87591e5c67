using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// y = s u for u &gt;= 0, s a (e^u - 1) below; y' = s, y + s a. The constants keep mean 0 and variance 1 from layer to layer (Klambauer et al. 2017,
/// Self-Normalizing Neural Networks).
/// </summary>
internal readonly struct SELU : IActivation
{
    private const float Scale = 1.05070098f;
    private const float ScaleAlpha = 1.75809934f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => V.IfLess(u, 0, ScaleAlpha * (VectorMath<V>.Exp(u) - 1), Scale * u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y) => V.IfLess(y, 0, y + ScaleAlpha, Scale);
}
