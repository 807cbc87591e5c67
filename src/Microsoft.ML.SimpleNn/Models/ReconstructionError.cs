using System.Buffers;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// How badly an autoencoder gives rows back: the mean over the features of ((y - x) factor)², where x is the row, y the network's output
/// and factor what the feature was multiplied by when the network was trained. Safe from many threads at once.
/// </summary>
/// <param name="network">The autoencoder, from features as they are in the data to the same.</param>
/// <param name="factors">The factor of each feature [features]; 0 for a feature that was constant, which counts nothing.</param>
internal sealed class ReconstructionError(Network network, float[] factors)
{
    private const int MostRowsAtOnce = 128;
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>The factor of each feature [features].</summary>
    public ReadOnlySpan<float> Factors => factors;

    /// <summary>How many rows are best scored together.</summary>
    public int RowsAtOnce { get; } = Math.Clamp(ValuesAtOnce / factors.Length, 1, MostRowsAtOnce);

    /// <summary>
    /// Scores rows. A feature that is NaN or infinite makes the score NaN; a row so far off that the network's arithmetic overflows has an
    /// infinite score.
    /// </summary>
    /// <param name="features">The features [rows x features].</param>
    /// <param name="scores">Takes the scores [rows].</param>
    /// <param name="onThisThread">Whether to keep to the caller's thread, as one of several that share the rows does.</param>
    public void Score(ReadOnlySpan<float> features, Span<float> scores, bool onThisThread = false)
    {
        int width = factors.Length;
        float[] buffer = ArrayPool<float>.Shared.Rent(Math.Min(RowsAtOnce, scores.Length) * width);
        try
        {
            for (int first = 0; first < scores.Length; first += RowsAtOnce)
            {
                int rows = Math.Min(RowsAtOnce, scores.Length - first);
                ReadOnlySpan<float> block = features.Slice(first * width, rows * width);
                Span<float> reconstruction = buffer.AsSpan(0, rows * width);
                if (onThisThread)
                    network.Predict(block, rows, reconstruction, team: null);
                else
                    network.Predict(block, rows, reconstruction);
                for (int row = 0; row < rows; row++)
                    scores[first + row] = Mean(block.Slice(row * width, width), reconstruction.Slice(row * width, width));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>The error of each feature of a row, whose mean is its score.</summary>
    public float[] ByFeature(ReadOnlySpan<float> features)
    {
        float[] errors = new float[factors.Length];
        network.Predict(features, 1, errors);
        for (int i = 0; i < errors.Length; i++)
            errors[i] = (float)Squared(features[i], errors[i], i);
        return errors;
    }

    private float Mean(ReadOnlySpan<float> features, ReadOnlySpan<float> reconstruction)
    {
        double sum = 0;
        for (int i = 0; i < features.Length; i++)
        {
            if (!float.IsFinite(features[i]))
                return float.NaN;
            sum += Squared(features[i], reconstruction[i], i);
        }
        float score = (float)(sum / features.Length);
        return float.IsNaN(score) ? float.PositiveInfinity : score;
    }

    private double Squared(float feature, float reconstruction, int index)
    {
        double error = ((double)reconstruction - feature) * factors[index];
        return error * error;
    }
}
