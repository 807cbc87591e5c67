using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Adam's formula with the largest v so far in place of v.</summary>
internal readonly struct AmsGradRule(AdamRule adam) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update<TSimd, V>(ref V weight, V gradient, ref V m, ref V v, ref V largest)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        adam.UpdateMoments<TSimd, V>(gradient, ref m, ref v);
        largest = TSimd.Select(TSimd.LessThan(largest, v), v, largest);
        weight = adam.Move<TSimd, V>(weight, m, largest);
    }

    public IdleStep Idle => adam.IdleWithSteadyDenominator;

    /// <summary>The weight goes on with m, which decays; v decays too, and so leaves the largest as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CatchUp<TSimd, V>(in MissedSteps.Effect missed, ref V weight, ref V m, ref V v, ref V largest)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        weight = adam.MoveOn<TSimd, V>(missed, weight, m, largest);
        m = Moments.Decayed<TSimd, V>(m, missed.First);
        v = Moments.Decayed<TSimd, V>(v, missed.Second);
    }
}
