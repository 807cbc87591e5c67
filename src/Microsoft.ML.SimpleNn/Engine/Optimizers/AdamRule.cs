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
    public void Update<TSimd, V>(ref V weight, V gradient, ref V m, ref V v, ref V slot2)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        UpdateMoments<TSimd, V>(gradient, ref m, ref v);
        weight = Move<TSimd, V>(weight, m, v);
    }

    /// <summary>m decays by beta1, sqrt(v) by sqrt(beta2), so m / (sqrt(v) + epsilon) by their quotient, with an epsilon that grows by 1 / sqrt(beta2).</summary>
    public IdleStep Idle => new(step, keep, beta1, beta2, DirectionDecay: beta1 / RootDecay, EpsilonGrowth: 1 / RootDecay);

    /// <summary>What <see cref="AmsGradRule"/> does in a step without gradient: there the denominator stays.</summary>
    public IdleStep IdleWithSteadyDenominator => new(step, keep, beta1, beta2, DirectionDecay: beta1);

    /// <summary>sqrt(beta2), which is divided by, so not quite 0.</summary>
    private double RootDecay => Math.Sqrt(Math.Max(beta2, 1e-30));

    /// <summary>The weight goes on with m, which decays faster than sqrt(v).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V MoveOn<TSimd, V>(in MissedSteps.Effect missed, V weight, V m, V v, V slot2)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V direction = TSimd.Divide(m, TSimd.Add(TSimd.SquareRoot(v), TSimd.Broadcast(epsilon * missed.Epsilon)));
        return TSimd.MultiplyAdd(TSimd.Broadcast(-missed.Movement), direction, TSimd.Multiply(TSimd.Broadcast(missed.Keep), weight));
    }

    /// <summary>m and v decay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void DecaySlots<TSimd, V>(in MissedSteps.Effect missed, ref V m, ref V v)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        m = Moments.Decayed<TSimd, V>(m, missed.First);
        v = Moments.Decayed<TSimd, V>(v, missed.Second);
    }

    /// <summary>m and v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void UpdateMoments<TSimd, V>(V gradient, ref V m, ref V v)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        m = TSimd.MultiplyAdd(TSimd.Broadcast(beta1), m, TSimd.Multiply(TSimd.Broadcast(1 - beta1), gradient));
        m = Moments.FlushTiny<TSimd, V>(m);
        v = Moments.RunningMeanOfSquares<TSimd, V>(v, gradient, beta2);
    }

    /// <summary>The weight after the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Move<TSimd, V>(V weight, V m, V v)
        where TSimd : struct, ISimd<V>
        where V : struct
    {
        V direction = TSimd.Divide(m, TSimd.Add(TSimd.SquareRoot(v), TSimd.Broadcast(epsilon)));
        return TSimd.MultiplyAdd(TSimd.Broadcast(-step), direction, TSimd.Multiply(TSimd.Broadcast(keep), weight));
    }
}
