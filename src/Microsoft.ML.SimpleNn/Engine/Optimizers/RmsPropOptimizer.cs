using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012, lecture 6.5): v = decay v + (1 - decay) g g, w = w - learningRate g / (sqrt(v) + epsilon).
/// </summary>
public sealed class RmsPropOptimizer : Optimizer
{
    /// <summary>Creates the optimizer with learning rate 0.001, decay 0.99, epsilon 1e-8.</summary>
    public RmsPropOptimizer()
        : base(learningRate: 0.001f)
    {
    }

    /// <summary>The decay of the running mean of squared gradients. Range: 0 up to, but not including, 1. Default: 0.99.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Decay
    {
        get;
        init => field = CheckFraction(value);
    }
    = 0.99f;

    /// <summary>What keeps the division from zero. Range: above 0, and finite. Default: 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = CheckPositive(value);
    }
    = 1e-8f;

    internal override OptimizerKind Kind => OptimizerKind.RmsProp;

    internal override int SlotCount => 1;

    private protected override void Apply(in OptimizerStep step) =>
        step.Run(new Rule { LearningRate = step.LearningRate, Decay = Decay, Epsilon = Epsilon });

    /// <summary>The formula.</summary>
    internal struct Rule : IUpdateRule<Rule>
    {
        public float LearningRate;
        public float Decay;
        public float Epsilon;

        public readonly Rule WithRate(double factor) => this with { LearningRate = (float)(LearningRate * factor) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly void IUpdateRule.Update<V>(ref V weight, V gradient, ref V mean, ref V slot1, ref V slot2)
        {
            mean = Moments.RunningMeanOfSquares(mean, gradient, Decay);
            weight = V.MultiplyAdd(-LearningRate, gradient / (V.Sqrt(mean) + Epsilon), weight);
        }

        public readonly IdleStep Idle => new(FirstDecay: Decay);

        /// <summary>Without a gradient there is no step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly V IUpdateRule.MoveOn<V>(in MissedSteps.Effect missed, V weight, V mean, V slot1, V slot2) => weight;
    }
}
