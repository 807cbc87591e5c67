using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>y = u; y' = 1.</summary>
internal readonly struct Identity : IActivation
{
    static bool IActivation.ChangesNothing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Value<V>(V u) => u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IActivation.Derivative<V>(V u, V y) => 1;
}
