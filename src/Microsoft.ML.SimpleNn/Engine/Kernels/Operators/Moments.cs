using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>What the rules that remember running means share.</summary>
internal static class Moments
{
    /// <summary>
    /// A running mean whose gradients have gone to zero decays into denormal numbers, and arithmetic on those is an order of magnitude
    /// slower. Below this size it is zero for every purpose.
    /// </summary>
    private const float Tiny = 1e-30f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FlushTiny<V>(V moment)
        where V : struct, IFloats<V> =>
        V.IfLess(V.Abs(moment), Tiny, 0, moment);

    /// <summary>factor moment: after steps without a gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Decayed<V>(V moment, float factor)
        where V : struct, IFloats<V> =>
        FlushTiny(factor * moment);

    /// <summary>decay mean + (1 - decay) value value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RunningMeanOfSquares<V>(V mean, V value, float decay)
        where V : struct, IFloats<V>
    {
        V fresh = (1 - decay) * value * value;
        return FlushTiny(V.MultiplyAdd(decay, mean, fresh));
    }
}
