using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>loss = (z - t)^2, delta = 2 (z - t), prediction = z.</summary>
internal readonly struct SquaredError : IElementLoss
{
    static TargetUnit IElementLoss.TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Value<V>(V z, V t, int output)
    {
        V difference = z - t;
        return difference * difference;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Derivative<V>(V z, V t, int output)
    {
        V difference = z - t;
        return difference + difference;
    }
}
