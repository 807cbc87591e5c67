namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>
/// Compares backpropagation with the slope of the loss. Every weight and bias is moved a little up and down, and the difference of the two
/// losses gives its gradient without any of backpropagation's formulas. The losses are computed in double precision by
/// <see cref="DoubleNetwork"/>: in float the difference would drown in rounding, and the check would have to be a loose one.
/// </summary>
internal static class GradientCheck
{
    // In double precision the loss has some 15 digits: the rounding of a central difference is about 1e-10, and its curvature less.
    private const double Step = 1e-6;

    // The float computation's own rounding, through a few layers.
    private const double Tolerance = 1e-5;

    /// <summary>Asserts that outputs, loss and all gradients of a network are right for a minibatch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="x">[rows x inputs].</param>
    /// <param name="targets">[rows], the class, for softmax; else [rows x outputs].</param>
    /// <param name="weights">[rows].</param>
    /// <param name="dropout">What is dropped; null for nothing.</param>
    /// <param name="step">The step that decides the masks.</param>
    public static void Run(Network network, Loss loss, float[] x, float[] targets, float[] weights, DropoutMasks? dropout = null, long step = 0)
    {
        int rows = weights.Length;
        using var workspace = new Workspace(network, rows, threads: 2, targets.Length / rows);
        workspace.Batch.Set(x, targets, weights);
        network.Forward(workspace, dropout, step);
        double value = loss.Evaluate(workspace);
        network.Backward(workspace);

        var reference = new DoubleNetwork(network) { InputFactors = dropout == null ? null : DropoutFactors.Of(network, rows, dropout, step) };
        double LossNow() => DoubleLoss.Mean(loss, reference.Forward(x), targets, weights);
        int last = network.Layers.Count - 1;
        RelativeDifference.AssertWithin(Tolerance, reference.Forward(x), workspace.GetOutputs(last), "the outputs");
        RelativeDifference.AssertWithin(Tolerance, LossNow(), value, "the loss");
        for (int layer = last; layer >= 0; layer--)
        {
            RelativeDifference.AssertWithin(Tolerance, Slopes(LossNow, reference.Weights[layer]), workspace.GetWeightGradient(layer), $"layer {layer}, weights");
            RelativeDifference.AssertWithin(Tolerance, Slopes(LossNow, reference.Biases[layer]), workspace.GetBiasGradient(layer), $"layer {layer}, biases");
        }
    }

    /// <summary>The slope of a loss by each of the parameters that it is computed from.</summary>
    public static double[] Slopes(Func<double> loss, double[] parameters)
    {
        var slopes = new double[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            double value = parameters[i];
            parameters[i] = value + Step;
            double above = loss();
            parameters[i] = value - Step;
            double below = loss();
            parameters[i] = value;
            slopes[i] = (above - below) / (2 * Step);
        }

        return slopes;
    }
}
