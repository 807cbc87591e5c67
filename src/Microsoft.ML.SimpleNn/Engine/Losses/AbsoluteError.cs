using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>loss = |z - t|, delta = the sign of z - t, prediction = z: the median of the targets, where squared error learns their mean.</summary>
internal readonly struct AbsoluteError : IElementLoss
{
    static TargetUnit IElementLoss.TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Value<V>(V z, V t, int output) => V.Abs(z - t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Derivative<V>(V z, V t, int output)
    {
        V above = V.IfLess(t, z, 1, 0);
        return V.IfLess(z, t, -1, above);
    }
}
