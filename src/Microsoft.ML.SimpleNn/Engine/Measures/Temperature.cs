namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Chooses the temperature that makes the loss of held-out rows smallest, by which all outputs are divided before they become probabilities (C. Guo et al.
/// 2017, On Calibration of
/// Modern Neural Networks). The loss is convex in its inverse, the factor, which Newton's method finds.
/// </summary>
internal static class Temperature
{
    /// <summary>Beyond these factors, temperatures of 4 and 0.3, rows that happen to be all right say that they are certain.</summary>
    private const double SmallestFactor = 0.25, LargestFactor = 1 / 0.3;

    private const int MostSteps = 30;
    private const double Precision = 1e-6;

    /// <summary>The factor for which the loss is smallest.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">The outputs of rows [rows x outputs].</param>
    /// <param name="targets">Their targets [rows x targets].</param>
    /// <param name="weights">How much each row counts [rows].</param>
    public static double BestFactor(Loss loss, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        int rows = weights.Length, width = outputs.Length / rows, targetsPerRow = targets.Length / rows;
        var predictions = new float[outputs.Length];
        double factor = 1;
        for (int step = 0; step < MostSteps; step++)
        {
            for (int i = 0; i < predictions.Length; i++) predictions[i] = (float)(factor * outputs[i]);
            loss.ToPrediction(predictions, rows, width);
            double first = 0, second = 0;
            for (int row = 0; row < rows; row++)
                loss.AddSlopes(outputs.Slice(row * width, width), predictions.AsSpan(row * width, width), targets.Slice(row * targetsPerRow, targetsPerRow),
                    weights[row], ref first, ref second);

            // No more than a factor of two at a time: where the loss is almost a line Newton's step would go far beyond.
            double wanted = second > 0 ? factor - first / second : first < 0 ? LargestFactor : factor;
            double next = Math.Clamp(Math.Clamp(wanted, factor / 2, factor * 2), SmallestFactor, LargestFactor);
            if (!double.IsFinite(next) || Math.Abs(next - factor) < Precision) return factor;
            factor = next;
        }

        return factor;
    }
}
