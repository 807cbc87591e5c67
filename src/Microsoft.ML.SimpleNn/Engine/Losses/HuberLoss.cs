using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// With d = z - t: loss = d d / 2 for |d| &lt;= delta, delta (|d| - delta / 2) beyond, so that an outlier pulls no harder than delta does
/// (P. Huber 1964, Robust estimation of a location parameter); derivative = d held to [-delta, delta], prediction = z.
/// </summary>
/// <param name="delta">Where the parabola becomes a line.</param>
internal readonly struct HuberLoss(float delta) : IElementLoss
{
    static TargetUnit IElementLoss.TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Value<V>(V z, V t, int output)
    {
        // d c - c c / 2 with c = d held to the range: both pieces of the formula in one.
        V difference = z - t;
        V held = Hold(difference);
        return held * V.MultiplyAdd(-0.5f, held, difference);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Derivative<V>(V z, V t, int output) => Hold(z - t);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Hold<V>(V difference)
        where V : struct, IFloats<V>
    {
        V high = delta, low = -delta;
        V below = V.IfLess(high, difference, high, difference);
        return V.IfLess(below, low, low, below);
    }
}
