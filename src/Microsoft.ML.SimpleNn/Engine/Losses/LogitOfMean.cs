using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The logit of the mean of probabilities whose own logits are given: log(sum of p) - log(sum of 1 - p) with p = sigmoid(z). Both sums are taken of
/// logarithms, log p = min(z, 0) - log(1 + e^-|z|) and log(1 - p) = log p - z, less the largest: nothing overflows or is rounded to 0 or 1.
/// </summary>
internal static class LogitOfMean
{
    /// <summary>Averages the logits of several networks.</summary>
    /// <param name="logits">[networks x count].</param>
    /// <param name="means">Takes the logits of the mean probabilities [count].</param>
    public static void Run(ReadOnlySpan<float> logits, Span<float> means)
    {
        for (int i = 0; i < means.Length; i++)
            means[i] = LogOfSum(logits, i, means.Length, sign: 1) - LogOfSum(logits, i, means.Length, sign: -1);
    }

    /// <summary>The logarithm of the sum over the networks of sigmoid(sign z).</summary>
    private static float LogOfSum(ReadOnlySpan<float> logits, int first, int stride, float sign)
    {
        float largest = float.NegativeInfinity;
        for (int i = first; i < logits.Length; i += stride) largest = MathF.Max(largest, ScalarMath.LogSigmoid(sign * logits[i]));
        float sum = 0;
        for (int i = first; i < logits.Length; i += stride) sum += ScalarMath.Exp(ScalarMath.LogSigmoid(sign * logits[i]) - largest);
        return largest + ScalarMath.Log(sum);
    }
}
