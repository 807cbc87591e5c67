namespace Microsoft.ML.SimpleNn.Kernels;

/// <summary>
/// How a dense layer's parameters lie in memory: the outputs in panels of 48, the last one 16, 32 or 48 wide. A panel is a matrix of
/// [inputs + 1 x width]: row k has the weights from input k to the panel's outputs, the last row has their biases. Forward and
/// backward products read it as it lies; columns past the last output hold zeros and stay zero.
/// </summary>
internal readonly struct PanelLayout(int inputs, int outputs)
{
    /// <summary>The width of a panel: three 512-bit vectors, six of 256 bits, twelve of 128.</summary>
    public const int FullWidth = 48;

    /// <summary>The layer's inputs.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>The layer's outputs, without padding.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>The outputs with padding: the stride of a row of activations or deltas.</summary>
    public int PaddedOutputs => Padding.RoundUp(Outputs);

    /// <summary>The number of panels.</summary>
    public int Count => (Outputs + FullWidth - 1) / FullWidth;

    /// <summary>The floats of all panels.</summary>
    public long Length => (long)PaddedOutputs * (Inputs + 1);

    /// <summary>The width of panel <paramref name="panel"/>, padding included.</summary>
    public int Width(int panel) => Math.Min(FullWidth, PaddedOutputs - panel * FullWidth);

    /// <summary>Where panel <paramref name="panel"/> begins.</summary>
    public int Offset(int panel) => panel * FullWidth * (Inputs + 1);

    /// <summary>Where the weight from <paramref name="input"/> to <paramref name="output"/> lies; input = Inputs is the bias.</summary>
    public int IndexOf(int input, int output)
    {
        int panel = output / FullWidth;
        return Offset(panel) + input * Width(panel) + output % FullWidth;
    }
}
