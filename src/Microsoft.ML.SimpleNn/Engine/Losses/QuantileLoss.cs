using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The pinball loss, whose minimum is the quantile of probability p: loss = p (t - z) for z &lt;= t, (1 - p) (z - t) above (R. Koenker, G. Bassett
/// 1978, Regression Quantiles); derivative = -p below t, 1 - p above, 0 at t; prediction = z.
/// </summary>
/// <param name="probabilities">The p of each output, padded to a multiple of 16; or 16 times the one p of all outputs.</param>
/// <param name="single">Whether there is one p for all outputs.</param>
internal readonly unsafe struct QuantileLoss(float* probabilities, bool single) : IElementLoss
{
    static TargetUnit IElementLoss.TargetUnit => TargetUnit.Standardised;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Value<V>(V z, V t, int output) => (z - t) * Slope(z, t, output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IElementLoss.Derivative<V>(V z, V t, int output) => Slope(z, t, output);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V Slope<V>(V z, V t, int output)
        where V : struct, IFloats<V>
    {
        V p = V.Load(probabilities + (single ? 0 : output));
        V above = V.IfLess(t, z, 1 - p, 0);
        return V.IfLess(z, t, -p, above);
    }
}
