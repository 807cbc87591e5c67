namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The losses in double precision, each as its formula.</summary>
internal static class DoubleLoss
{
    /// <summary>The delta of the Huber losses that are computed here, exactly as the float has it.</summary>
    public const float HuberDelta = 0.4f;

    /// <summary>The mean over the rows of weight times loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">[rows x outputs].</param>
    /// <param name="targets">[rows], the class, for softmax; else [rows x outputs].</param>
    /// <param name="weights">[rows].</param>
    public static double Mean(Loss loss, double[] outputs, float[] targets, float[] weights)
    {
        int rows = weights.Length, outputsPerRow = outputs.Length / rows, targetsPerRow = targets.Length / rows;
        double sum = 0;
        for (int row = 0; row < rows; row++)
            sum += weights[row] * OfRow(loss, outputs.AsSpan(row * outputsPerRow, outputsPerRow), targets.AsSpan(row * targetsPerRow, targetsPerRow));
        return sum / rows;
    }

    private static double OfRow(Loss loss, ReadOnlySpan<double> z, ReadOnlySpan<float> t)
    {
        if (loss == Loss.SoftmaxCrossEntropy)
        {
            double max = double.NegativeInfinity, exponentials = 0;
            foreach (double output in z) max = Math.Max(max, output);
            foreach (double output in z) exponentials += Math.Exp(output - max);
            return Math.Log(exponentials) + max - z[(int)t[0]];
        }

        double sum = 0;
        for (int i = 0; i < z.Length; i++) sum += float.IsNaN(t[i]) ? 0 : OfNumber(loss, z[i], t[i], i);
        return sum / z.Length;
    }

    private static double OfNumber(Loss loss, double z, double t, int output)
    {
        double d = z - t;
        return loss switch
        {
            _ when loss == Loss.SquaredError => d * d,
            _ when loss == Loss.AbsoluteError => Math.Abs(d),
            _ when loss == Loss.Poisson => Math.Exp(z) - t * z,
            _ when loss == Loss.SigmoidCrossEntropy => Math.Max(z, 0) - z * t + DoubleMath.Log1Plus(Math.Exp(-Math.Abs(z))),
            QuantileRegressionLoss quantiles => Pinball(d, quantiles.Probabilities[quantiles.Probabilities.Length == 1 ? 0 : output]),
            ElementwiseLoss<HuberLoss> => Math.Abs(d) <= HuberDelta ? d * d / 2 : HuberDelta * (Math.Abs(d) - HuberDelta / 2),
            _ => throw new ArgumentException("There is no formula for this loss.", nameof(loss)),
        };
    }

    private static double Pinball(double d, double p) => d < 0 ? -p * d : (1 - p) * d;
}
