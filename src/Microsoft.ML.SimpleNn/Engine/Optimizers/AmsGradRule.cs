using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Adam's formula with the largest v so far in place of v.</summary>
internal readonly struct AmsGradRule(AdamRule adam) : IUpdateRule<AmsGradRule>
{
    public AmsGradRule WithRate(double factor) => new(adam.WithRate(factor));

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

    /// <summary>The weight goes on with m, which decays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V MoveOn<TSimd, V>(in MissedSteps.Effect missed, V weight, V m, V v, V largest)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        adam.MoveOn<TSimd, V>(missed, weight, m, largest, slot2: default);

    /// <summary>m and v decay; so v leaves the largest as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DecaySlots<TSimd, V>(in MissedSteps.Effect missed, ref V m, ref V v)
        where TSimd : struct, ISimd<V>
        where V : struct =>
        adam.DecaySlots<TSimd, V>(missed, ref m, ref v);
}
