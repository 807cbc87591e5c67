namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019): before Adam's step each weight and bias is multiplied by
/// 1 - learningRate weightDecay. Unlike an L2 term in the loss, the decay is not divided by sqrt(v).
/// </summary>
public sealed class AdamWOptimizer : AdamOptimizer
{
    /// <summary>The decay in units of the learning rate. Range: 0 or more, and finite. Default: 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float WeightDecay
    {
        get;
        init
        {
            if (!(value >= 0 && float.IsFinite(value)))
                throw OutOfRange.Exception(nameof(WeightDecay), value, $"{nameof(WeightDecay)} must be 0 or more, and finite.");
            field = value;
        }
    }
    = 0.01f;

    private protected override float Decay => WeightDecay;

    /// <summary>The same optimizer with another rate and decay.</summary>
    internal AdamWOptimizer With(float learningRate, float weightDecay) => new()
    {
        LearningRate = learningRate,
        WeightDecay = weightDecay,
        Beta1 = Beta1,
        Beta2 = Beta2,
        Epsilon = Epsilon,
        AmsGrad = AmsGrad,
        Parametrization = Parametrization,
    };
}
