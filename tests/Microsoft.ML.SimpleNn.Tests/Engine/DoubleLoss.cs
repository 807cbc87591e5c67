namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The losses in double precision, each as its formula.</summary>
internal static class DoubleLoss
{
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
            double max = double.NegativeInfinity, sum = 0;
            foreach (double output in z) max = Math.Max(max, output);
            foreach (double output in z) sum += Math.Exp(output - max);
            return Math.Log(sum) + max - z[(int)t[0]];
        }

        double mean = 0;
        for (int i = 0; i < z.Length; i++)
        {
            mean += loss == Loss.SquaredError
                ? (z[i] - t[i]) * (z[i] - t[i])
                : Math.Max(z[i], 0) - z[i] * t[i] + DoubleMath.Log1Plus(Math.Exp(-Math.Abs(z[i])));
        }

        return mean / z.Length;
    }
}
