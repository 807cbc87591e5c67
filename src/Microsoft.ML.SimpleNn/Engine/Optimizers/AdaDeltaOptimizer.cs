using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// AdaDelta (Zeiler 2012): v = decay v + (1 - decay) g g, d = g sqrt((s + epsilon) / (v + epsilon)), s = decay s + (1 - decay) d d,
/// w = w - learningRate d. The steps before decide the size of the next, so that no learning rate needs to be chosen: leave it at 1.
/// </summary>
public sealed class AdaDeltaOptimizer : Optimizer
{
    /// <summary>Creates the optimizer with learning rate 1, decay 0.95, epsilon 1e-6.</summary>
    public AdaDeltaOptimizer()
        : base(learningRate: 1)
    {
    }

    /// <summary>The decay of both running means. Range: 0 up to, but not including, 1. Default: 0.95.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Decay
    {
        get;
        init => field = CheckFraction(value);
    }
    = 0.95f;

    /// <summary>Decides how large the first steps are, and keeps the division from zero. Range: above 0, and finite. Default: 1e-6.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = CheckPositive(value);
    }
    = 1e-6f;

    internal override OptimizerKind Kind => OptimizerKind.AdaDelta;

    internal override int SlotCount => 2;

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
        readonly void IUpdateRule.Update<V>(ref V weight, V gradient, ref V gradients, ref V steps, ref V slot2)
        {
            V epsilon = Epsilon;
            gradients = Moments.RunningMeanOfSquares(gradients, gradient, Decay);
            V ratio = (steps + epsilon) / (gradients + epsilon);
            V step = V.Sqrt(ratio) * gradient;
            steps = Moments.RunningMeanOfSquares(steps, step, Decay);
            weight = V.MultiplyAdd(-LearningRate, step, weight);
        }

        public readonly IdleStep Idle => new(FirstDecay: Decay, SecondDecay: Decay);

        /// <summary>Without a gradient there is no step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly V IUpdateRule.MoveOn<V>(in MissedSteps.Effect missed, V weight, V gradients, V steps, V slot2) => weight;
    }
}
