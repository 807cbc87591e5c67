using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Stochastic gradient descent: v = momentum v + g, w = w - learningRate v (Sutskever et al. 2013, On the importance of initialization and
/// momentum in deep learning). Nesterov's look-ahead takes g + momentum v in place of v; it is applied twice, as Chainer does:
/// w = w - learningRate (g + momentum (g + momentum v)). For a steady gradient all three come to the same step, learningRate g / (1 - momentum).
/// </summary>
public sealed class SgdOptimizer : Optimizer
{
    /// <summary>Creates the optimizer with learning rate 0.01 and no momentum.</summary>
    public SgdOptimizer()
        : base(learningRate: 0.01f)
    {
    }

    /// <summary>How much of the last step goes into the next. Range: 0 up to, but not including, 1. Default: 0; 0.9 is usual.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Momentum
    {
        get;
        init => field = CheckFraction(value);
    }

    /// <summary>Whether to use Nesterov's form of momentum, as the type's summary gives it. Default: false. Without momentum it changes nothing.</summary>
    public bool Nesterov { get; init; }

    internal override OptimizerKind Kind => OptimizerKind.Sgd;

    internal override int SlotCount => Momentum > 0 ? 1 : 0;

    private protected override void Apply(in OptimizerStep step) =>
        step.Run(new Rule { LearningRate = step.LearningRate, Momentum = Momentum, Nesterov = Nesterov });

    /// <summary>The formula.</summary>
    internal struct Rule : IUpdateRule<Rule>
    {
        public float LearningRate;
        public float Momentum;
        public bool Nesterov;

        public readonly Rule WithRate(double factor) => this with { LearningRate = (float)(LearningRate * factor) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly void IUpdateRule.Update<V>(ref V weight, V gradient, ref V velocity, ref V slot1, ref V slot2)
        {
            V momentum = Momentum;
            velocity = Moments.FlushTiny(V.MultiplyAdd(momentum, velocity, gradient));
            V step = velocity;
            if (Nesterov) step = V.MultiplyAdd(momentum, V.MultiplyAdd(momentum, velocity, gradient), gradient);
            weight = V.MultiplyAdd(-LearningRate, step, weight);
        }

        public readonly IdleStep Idle => Momentum > 0 ? new(Rate: LearningRate, FirstDecay: Momentum, DirectionDecay: Momentum) : IdleStep.Nothing;

        /// <summary>The weight goes on with the velocity, which decays; Nesterov's look-ahead takes momentum^2 of it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly V IUpdateRule.MoveOn<V>(in MissedSteps.Effect missed, V weight, V velocity, V slot1, V slot2)
        {
            V step = (Nesterov ? Momentum * Momentum : 1) * velocity;
            return V.MultiplyAdd(-missed.Movement, step, weight);
        }
    }
}
