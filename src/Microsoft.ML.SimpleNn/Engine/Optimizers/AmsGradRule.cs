using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>Adam's formula with the largest v so far in place of v.</summary>
internal readonly struct AmsGradRule(AdamRule adam) : IUpdateRule<AmsGradRule>
{
    public AmsGradRule WithRate(double factor) => new(adam.WithRate(factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IUpdateRule.Update<V>(ref V weight, V gradient, ref V m, ref V v, ref V largest)
    {
        adam.UpdateMoments(gradient, ref m, ref v);
        largest = V.IfLess(largest, v, v, largest);
        weight = adam.Move(weight, m, largest);
    }

    public IdleStep Idle => adam.IdleWithSteadyDenominator;

    /// <summary>The weight goes on with m, which decays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IUpdateRule.MoveOn<V>(in MissedSteps.Effect missed, V weight, V m, V v, V largest) =>
        adam.MoveOn(missed, weight, m, largest, slot2: default);
}
