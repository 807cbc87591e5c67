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
        public readonly void Update<TSimd, V>(ref V weight, V gradient, ref V gradients, ref V steps, ref V slot2)
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            V epsilon = TSimd.Broadcast(Epsilon);
            gradients = Moments.RunningMeanOfSquares<TSimd, V>(gradients, gradient, Decay);
            V ratio = TSimd.Divide(TSimd.Add(steps, epsilon), TSimd.Add(gradients, epsilon));
            V step = TSimd.Multiply(TSimd.SquareRoot(ratio), gradient);
            steps = Moments.RunningMeanOfSquares<TSimd, V>(steps, step, Decay);
            weight = TSimd.MultiplyAdd(TSimd.Broadcast(-LearningRate), step, weight);
        }

        public readonly IdleStep Idle => new(FirstDecay: Decay, SecondDecay: Decay);

        /// <summary>Without a gradient there is no step.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly V MoveOn<TSimd, V>(in MissedSteps.Effect missed, V weight, V gradients, V steps, V slot2)
            where TSimd : struct, ISimd<V>
            where V : struct =>
            weight;

        /// <summary>Both running means decay.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void DecaySlots<TSimd, V>(in MissedSteps.Effect missed, ref V gradients, ref V steps)
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            gradients = Moments.Decayed<TSimd, V>(gradients, missed.First);
            steps = Moments.Decayed<TSimd, V>(steps, missed.Second);
        }
    }
}
