using System.Buffers;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// How badly an autoencoder gives rows back: the mean over the features of (y - x)², in the units in which the network was trained, those of its input stage.
/// A feature that is missing counts nothing. Networks of earlier versions have no stage; their error is the mean of ((y - x) factor)². Safe from
/// many threads at once.
/// </summary>
/// <param name="network">The autoencoder, from features as they are in the data to the same.</param>
/// <param name="factors">The factor of each feature [features] of a network without an input stage; 0 for a feature that was constant, which counts
/// nothing.</param>
internal sealed class ReconstructionError(Network network, float[] factors)
{
    private const int MostRowsAtOnce = 128;
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>Features that were constant in training: they count nothing.</summary>
    private readonly bool[]? _isConstant = network.InputStage is { } stage ? [.. stage.Kinds.Select(kind => kind == ColumnKind.Constant)] : null;

    /// <summary>The factor of each feature [features].</summary>
    public ReadOnlySpan<float> Factors => factors;

    /// <summary>How many rows are best scored together.</summary>
    public int RowsAtOnce { get; } = Math.Clamp(ValuesAtOnce / network.Inputs, 1, MostRowsAtOnce);

    /// <summary>
    /// Scores rows. A feature that is infinite, or missing where the model refuses that, makes the score NaN; a row so far off that the network's arithmetic
    /// overflows has an
    /// infinite score.
    /// </summary>
    /// <param name="features">The features [rows x features].</param>
    /// <param name="scores">Takes the scores [rows].</param>
    /// <param name="onThisThread">Whether to keep to the caller's thread, as one of several that share the rows does.</param>
    public void Score(ReadOnlySpan<float> features, Span<float> scores, bool onThisThread = false)
    {
        int width = network.Inputs;
        float[] buffer = ArrayPool<float>.Shared.Rent(Math.Min(RowsAtOnce, scores.Length) * width);
        float[] inputs = ArrayPool<float>.Shared.Rent(network.InputStage?.Width ?? 0);
        try
        {
            for (int first = 0; first < scores.Length; first += RowsAtOnce)
            {
                int rows = Math.Min(RowsAtOnce, scores.Length - first);
                ReadOnlySpan<float> block = features.Slice(first * width, rows * width);
                Span<float> reconstruction = buffer.AsSpan(0, rows * width);
                Reconstruct(block, rows, reconstruction, onThisThread);
                for (int row = 0; row < rows; row++)
                    scores[first + row] = Mean(block.Slice(row * width, width), reconstruction.Slice(row * width, width), inputs);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    /// <summary>The error of each feature of a row, whose mean over the known ones is its score; NaN for one that is missing or infinite.</summary>
    public float[] ByFeature(ReadOnlySpan<float> features)
    {
        float[] errors = new float[features.Length];
        Reconstruct(features, 1, errors, onThisThread: false);
        float[] inputs = new float[network.InputStage?.Width ?? 0];
        network.InputStage?.Apply(features, inputs);
        for (int i = 0; i < errors.Length; i++)
            errors[i] = float.IsFinite(features[i]) ? (float)Squared(features[i], inputs, errors[i], i) : float.NaN;
        return errors;
    }

    /// <summary>The reconstructions in the units of the input stage, where there is one.</summary>
    private void Reconstruct(ReadOnlySpan<float> features, int rows, Span<float> reconstructions, bool onThisThread)
    {
        bool withOutputStage = network.InputStage is null;
        if (onThisThread)
            network.Predict(features, rows, reconstructions, team: null, withOutputStage);
        else
            network.Predict(features, rows, reconstructions, withOutputStage);
    }

    private float Mean(ReadOnlySpan<float> features, ReadOnlySpan<float> reconstruction, float[] inputs)
    {
        network.InputStage?.Apply(features, inputs.AsSpan(0, network.InputStage.Width));
        double sum = 0;
        int known = 0;
        for (int i = 0; i < features.Length; i++)
        {
            if (float.IsInfinity(features[i]) || (float.IsNaN(features[i]) && network.InputStage is not { AcceptsMissing: true }))
                return float.NaN;
            if (float.IsNaN(features[i]))
                continue;
            sum += Squared(features[i], inputs, reconstruction[i], i);
            known++;
        }
        float score = (float)(sum / known);
        return known == 0 ? float.NaN : float.IsNaN(score) ? float.PositiveInfinity : score;
    }

    private double Squared(float feature, float[] inputs, float reconstruction, int index)
    {
        double error = _isConstant is null
            ? ((double)reconstruction - feature) * factors[index]
            : _isConstant[index] ? 0 : (double)reconstruction - inputs[index];
        return error * error;
    }
}
