using System.Runtime.CompilerServices;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// AdaGrad (Duchi et al. 2011): h = h + g g, w = w - learningRate g / (sqrt(h) + epsilon). The steps of a weight grow smaller the more its
/// gradients have added up; a weight that seldom has a gradient, as in sparse data, keeps large ones.
/// </summary>
public sealed class AdaGradOptimizer : Optimizer
{
    /// <summary>Creates the optimizer with learning rate 0.01 and epsilon 1e-8.</summary>
    public AdaGradOptimizer()
        : base(learningRate: 0.01f)
    {
    }

    /// <summary>What keeps the division from zero. Range: above 0, and finite. Default: 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = CheckPositive(value);
    }
    = 1e-8f;

    internal override OptimizerKind Kind => OptimizerKind.AdaGrad;

    internal override int SlotCount => 1;

    private protected override void Apply(in OptimizerStep step) =>
        step.Run(new Rule { LearningRate = step.LearningRate, Epsilon = Epsilon });

    /// <summary>The formula.</summary>
    internal struct Rule : IUpdateRule<Rule>
    {
        public float LearningRate;
        public float Epsilon;

        public readonly Rule WithRate(double factor) => this with { LearningRate = (float)(LearningRate * factor) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly void IUpdateRule.Update<V>(ref V weight, V gradient, ref V sum, ref V slot1, ref V slot2)
        {
            sum = Moments.FlushTiny(V.MultiplyAdd(gradient, gradient, sum));
            weight = V.MultiplyAdd(-LearningRate, gradient / (V.Sqrt(sum) + Epsilon), weight);
        }

        public readonly IdleStep Idle => IdleStep.Nothing;

        /// <summary>Without a gradient there is no step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly V IUpdateRule.MoveOn<V>(in MissedSteps.Effect missed, V weight, V sum, V slot1, V slot2) => weight;
    }
}
