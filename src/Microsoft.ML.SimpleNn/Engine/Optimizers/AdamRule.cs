using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>The formula of <see cref="AdamOptimizer"/> and <see cref="AdamWOptimizer"/>.</summary>
/// <param name="beta1">The decay of m.</param>
/// <param name="beta2">The decay of v.</param>
/// <param name="epsilon">What keeps the division from zero.</param>
/// <param name="step">The learning rate with the correction for the zeros that m and v started from.</param>
/// <param name="keep">What the weight is multiplied by first: 1 without weight decay.</param>
internal readonly struct AdamRule(float beta1, float beta2, float epsilon, float step, float keep) : IUpdateRule<AdamRule>
{
    public AdamRule WithRate(double factor) => new(beta1, beta2, epsilon, (float)(step * factor), keep);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IUpdateRule.Update<V>(ref V weight, V gradient, ref V m, ref V v, ref V slot2)
    {
        UpdateMoments(gradient, ref m, ref v);
        weight = Move(weight, m, v);
    }

    /// <summary>
    /// m decays by beta1, sqrt(v) by sqrt(beta2), so m / (sqrt(v) + epsilon) by their quotient, with an epsilon that grows by 1 / sqrt(beta2).
    /// </summary>
    public IdleStep Idle => new(step, keep, beta1, beta2, DirectionDecay: beta1 / RootDecay, EpsilonGrowth: 1 / RootDecay);

    /// <summary>What <see cref="AmsGradRule"/> does in a step without gradient: there the denominator stays.</summary>
    public IdleStep IdleWithSteadyDenominator => new(step, keep, beta1, beta2, DirectionDecay: beta1);

    /// <summary>sqrt(beta2), which is divided by, so not quite 0.</summary>
    private double RootDecay => Math.Sqrt(Math.Max(beta2, 1e-30));

    /// <summary>The weight goes on with m, which decays faster than sqrt(v).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V MoveOn<V>(in MissedSteps.Effect missed, V weight, V m, V v, V slot2)
        where V : struct, IFloats<V>
    {
        V direction = m / (V.Sqrt(v) + epsilon * missed.Epsilon);
        return V.MultiplyAdd(-missed.Movement, direction, missed.Keep * weight);
    }

    /// <summary>m and v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UpdateMoments<V>(V gradient, ref V m, ref V v)
        where V : struct, IFloats<V>
    {
        m = Moments.FlushTiny(V.MultiplyAdd(beta1, m, (1 - beta1) * gradient));
        v = Moments.RunningMeanOfSquares(v, gradient, beta2);
    }

    /// <summary>The weight after the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Move<V>(V weight, V m, V v)
        where V : struct, IFloats<V> =>
        V.MultiplyAdd(-step, m / (V.Sqrt(v) + epsilon), keep * weight);
}
