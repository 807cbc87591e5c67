using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>The pinball loss with one probability for all outputs, or one for each.</summary>
internal sealed class QuantileRegressionLoss : ElementwiseLoss<QuantileLoss>
{
    private readonly float[] _probabilities;
    private readonly AlignedBuffer _padded; // the struct points to it

    public QuantileRegressionLoss(float[] probabilities)
        : this([.. probabilities], Pad(probabilities))
    {
    }

    private unsafe QuantileRegressionLoss(float[] probabilities, AlignedBuffer padded)
        : base(new QuantileLoss(padded.Pointer, probabilities.Length == 1))
    {
        _probabilities = probabilities;
        _padded = padded;
    }

    /// <summary>The probability of each output; a single one serves for any number of outputs.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    internal override int OutputsPerNumber => _probabilities.Length;

    internal override int TargetsPerRow(int outputs)
    {
        if (_probabilities.Length > 1 && _probabilities.Length != outputs)
            throw new ArgumentException($"The loss has {_probabilities.Length} quantiles, one for each output, but the network has {outputs} outputs.");
        return outputs;
    }

    private static AlignedBuffer Pad(float[] probabilities)
    {
        var padded = new AlignedBuffer(Padding.RoundUp(probabilities.Length));
        probabilities.CopyTo(padded.Span);
        if (probabilities.Length == 1) padded.Span.Fill(probabilities[0]);
        return padded;
    }
}
