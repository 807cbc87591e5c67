using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u s(u), s the logistic function; y' = s(u) + y (1 - s(u)).</summary>
internal readonly struct SiLU : IActivation
{
    static bool IActivation.NeedsLinear => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => u * VectorMath<V>.Sigmoid(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y)
    {
        V sigmoid = VectorMath<V>.Sigmoid(u);
        return V.MultiplyAdd(y, 1 - sigmoid, sigmoid);
    }
}
