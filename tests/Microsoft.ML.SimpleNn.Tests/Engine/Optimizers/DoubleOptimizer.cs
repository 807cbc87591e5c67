namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The optimizers in double precision, each as its formula: what the engine's steps in float are compared with.</summary>
/// <remarks>AdamW's factor, 1 - learningRate weightDecay, is the one number that is rounded to float: the rule multiplies by that at each step.</remarks>
/// <param name="optimizer">The optimizer; L-BFGS aside.</param>
/// <param name="count">The weights.</param>
internal sealed class DoubleOptimizer(Optimizer optimizer, int count)
{
    private readonly double[] _slot0 = new double[count], _slot1 = new double[count], _slot2 = new double[count];
    private int _step;

    /// <summary>Takes a step.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gradients">The gradients by them.</param>
    /// <param name="factor">What a schedule multiplies the learning rate by.</param>
    public void Step(double[] weights, ReadOnlySpan<double> gradients, double factor)
    {
        _step++;
        double rate = optimizer.LearningRate * factor;
        for (int i = 0; i < count; i++)
        {
            double keep = optimizer is AdamWOptimizer decoupled ? (float)(1 - rate * decoupled.WeightDecay) : 1;
            weights[i] = keep * weights[i] - rate * Direction(gradients[i], ref _slot0[i], ref _slot1[i], ref _slot2[i]);
        }
    }

    private double Direction(double g, ref double slot0, ref double slot1, ref double slot2)
    {
        switch (optimizer)
        {
            case SgdOptimizer sgd:
                slot0 = sgd.Momentum * slot0 + g;
                return sgd.Nesterov ? g + sgd.Momentum * (g + sgd.Momentum * slot0) : slot0;
            case AdamOptimizer adam:
                slot0 = Mean(slot0, g, adam.Beta1);
                slot1 = Mean(slot1, g * g, adam.Beta2);
                slot2 = Math.Max(slot2, slot1);
                double correction = Math.Sqrt(1 - Math.Pow(adam.Beta2, _step)) / (1 - Math.Pow(adam.Beta1, _step));
                return correction * slot0 / (Math.Sqrt(adam.AmsGrad ? slot2 : slot1) + adam.Epsilon);
            case AdaGradOptimizer adaGrad:
                slot0 += g * g;
                return g / (Math.Sqrt(slot0) + adaGrad.Epsilon);
            case RmsPropOptimizer rmsProp:
                slot0 = Mean(slot0, g * g, rmsProp.Decay);
                return g / (Math.Sqrt(slot0) + rmsProp.Epsilon);
            case AdaDeltaOptimizer adaDelta:
                slot0 = Mean(slot0, g * g, adaDelta.Decay);
                double d = g * Math.Sqrt((slot1 + adaDelta.Epsilon) / (slot0 + adaDelta.Epsilon));
                slot1 = Mean(slot1, d * d, adaDelta.Decay);
                return d;
            default:
                throw new ArgumentException($"There is no formula of {optimizer.GetType().Name}.");
        }

        static double Mean(double mean, double value, double decay) => decay * mean + (1 - decay) * value;
    }
}
