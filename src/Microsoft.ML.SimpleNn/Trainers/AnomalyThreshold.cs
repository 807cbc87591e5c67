using System.Buffers;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Chooses the score above which a row is an anomaly: the quantile of rows' scores that leaves a given fraction of them above it.</summary>
internal static class AnomalyThreshold
{
    /// <summary>Rounding must not keep a whole number of rows, such as 0.29 of 100, from being reached.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Scores rows and chooses.</summary>
    /// <param name="error">What scores.</param>
    /// <param name="rows">The rows, each of which counts with its weight.</param>
    /// <param name="contamination">The fraction above the threshold, 0 to 0.5.</param>
    /// <param name="threads">The threads to score with; the threshold is the same for any number.</param>
    public static float Choose(ReconstructionError error, ExampleSet rows, double contamination, int threads)
    {
        float[] scores = new float[rows.Count];
        int rowsAtOnce = error.RowsAtOnce;
        OwnThreads.For((rows.Count + rowsAtOnce - 1) / rowsAtOnce, threads, block =>
        {
            Span<float> part = scores.AsSpan(block * rowsAtOnce, Math.Min(rowsAtOnce, rows.Count - (block * rowsAtOnce)));
            int width = rows.FeatureCount;
            float[] buffer = ArrayPool<float>.Shared.Rent(part.Length * width);
            for (int i = 0; i < part.Length; i++)
                rows.CopyFeatures((block * rowsAtOnce) + i, buffer.AsSpan(i * width, width));
            error.Score(buffer.AsSpan(0, part.Length * width), part, onThisThread: true);
            ArrayPool<float>.Shared.Return(buffer);
        });
        return Quantile(scores, Enumerable.Range(0, rows.Count).Select(row => (double)rows.Weight(row)).ToArray(), contamination);
    }

    /// <summary>The lowest of the scores that leaves at most the fraction of the weights above it.</summary>
    internal static float Quantile(float[] scores, double[] weights, double fraction)
    {
        Array.Sort(scores, weights);
        double allowed = fraction * weights.Sum() * (1 + Rounding), above = 0;
        int row = scores.Length - 1;
        while (row > 0 && above + weights[row] <= allowed)
            above += weights[row--];
        return scores[row];
    }
}
