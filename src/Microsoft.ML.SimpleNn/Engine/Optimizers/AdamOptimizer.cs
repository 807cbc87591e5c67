namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adam (Kingma and Ba 2015): m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g g, and at step t
/// w = w - learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). The default optimizer.
/// </summary>
public class AdamOptimizer : Optimizer
{
    /// <summary>Creates the optimizer with learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-8.</summary>
#pragma warning disable RS0022 // AdamW derives from it; a class outside could, but the rule itself is private protected
    public AdamOptimizer()
#pragma warning restore RS0022
        : base(learningRate: 0.001f)
    {
    }

    /// <summary>The decay of the running mean of gradients. Range: 0 up to, but not including, 1. Default: 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta1
    {
        get;
        init => field = CheckFraction(value);
    }
    = 0.9f;

    /// <summary>The decay of the running mean of squared gradients. Range: 0 up to, but not including, 1. Default: 0.999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Beta2
    {
        get;
        init => field = CheckFraction(value);
    }
    = 0.999f;

    /// <summary>What keeps the division from zero. Range: above 0, and finite. Default: 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float Epsilon
    {
        get;
        init => field = CheckPositive(value);
    }
    = 1e-8f;

    /// <summary>
    /// Whether to divide by the largest v so far instead of v (Reddi et al. 2018, On the Convergence of Adam and Beyond). Default: false.
    /// </summary>
    public bool AmsGrad { get; init; }

    internal override OptimizerKind Kind => OptimizerKind.Adam;

    internal override int SlotCount => AmsGrad ? 3 : 2;

    /// <summary>The fraction of itself that a weight loses in a step, in units of the learning rate.</summary>
    private protected virtual float Decay => 0;

    private protected override void Apply(in OptimizerStep step)
    {
        OptimizerState state = step.State;
        state.FirstPower *= Beta1;
        state.SecondPower *= Beta2;
        double size = step.LearningRate * Math.Sqrt(1 - state.SecondPower) / (1 - state.FirstPower);
        var rule = new AdamRule(Beta1, Beta2, Epsilon, (float)size, keep: (float)(1 - (double)step.LearningRate * Decay));
        if (AmsGrad) step.Run(new AmsGradRule(rule));
        else step.Run(rule);
    }
}
