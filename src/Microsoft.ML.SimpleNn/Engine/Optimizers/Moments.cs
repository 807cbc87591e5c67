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
    public static V FlushTiny<TSimd, V>(V moment)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        TSimd.Select(TSimd.LessThan(TSimd.Absolute(moment), TSimd.Broadcast(Tiny)), TSimd.Broadcast(0f), moment);

    /// <summary>factor moment: after steps without a gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Decayed<TSimd, V>(V moment, float factor)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        FlushTiny<TSimd, V>(TSimd.Multiply(TSimd.Broadcast(factor), moment));

    /// <summary>decay mean + (1 - decay) value value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V RunningMeanOfSquares<TSimd, V>(V mean, V value, float decay)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V fresh = TSimd.Multiply(TSimd.Multiply(TSimd.Broadcast(1 - decay), value), value);
        return FlushTiny<TSimd, V>(TSimd.MultiplyAdd(TSimd.Broadcast(decay), mean, fresh));
    }
}
