using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A fully connected layer: y = f(u), u = x W^T + b, where W is [outputs x inputs], b is [outputs], and x and y are rows of a minibatch.
/// </summary>
/// <remarks>
/// Backward, with dy the gradient of the loss by u, called delta: dW = dy^T x, db = the column sums of dy, and the delta of the layer
/// below is (dy W) * f'. Gradients are sums over the minibatch; the loss has divided by its rows.
/// </remarks>
public sealed class DenseLayer
{
    /// <summary>Creates a layer whose weights and biases are zero.</summary>
    /// <param name="inputs">The features of a row of x, 1 or more.</param>
    /// <param name="outputs">The features of a row of y, 1 or more.</param>
    /// <param name="activation">f.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or (inputs + 1) x outputs floats do not fit in one array.</exception>
    public DenseLayer(int inputs, int outputs, Activation activation = Activation.Identity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (!Enum.IsDefined(activation)) throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation.");
        if ((inputs + 1L) * (outputs + (long)Padding.Lanes) > AlignedBuffer.MaximumLength)
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs,
                $"A layer of {inputs} inputs and {outputs} outputs has more weights than one array can hold.");

        Layout = new PanelLayout(inputs, outputs);
        Activation = activation;
        Parameters = new AlignedBuffer(Layout.Length);
    }

    private DenseLayer(PanelLayout layout, Activation activation, AlignedBuffer parameters)
    {
        Layout = layout;
        Activation = activation;
        Parameters = parameters;
    }

    /// <summary>The features of a row of x.</summary>
    public int Inputs => Layout.Inputs;

    /// <summary>The features of a row of y.</summary>
    public int Outputs => Layout.Outputs;

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount => (Inputs + 1L) * Outputs;

    /// <summary>How <see cref="Parameters"/>, and everything of their shape, lies in memory.</summary>
    internal PanelLayout Layout { get; }

    /// <summary>Weights and biases in panels.</summary>
    internal AlignedBuffer Parameters { get; }

    /// <summary>W and b, as the products read them.</summary>
    internal unsafe LayerView View => new(Layout, Parameters.Pointer);

    /// <summary>A layer of the same shape over a buffer that is laid out as this one's parameters.</summary>
    internal DenseLayer WithParameters(AlignedBuffer parameters) => new(Layout, Activation, parameters);

    /// <summary>A copy of the weights.</summary>
    /// <returns>W [outputs x inputs], row-major.</returns>
    public float[] GetWeights() => GetWeights(Parameters.Span);

    /// <summary>A copy of the biases.</summary>
    /// <returns>b [outputs].</returns>
    public float[] GetBiases() => GetBiases(Parameters.Span);

    /// <summary>Sets the weights.</summary>
    /// <param name="weights">W [outputs x inputs], row-major.</param>
    /// <exception cref="ArgumentException">There are not outputs x inputs of them.</exception>
    public void SetWeights(ReadOnlySpan<float> weights)
    {
        if (weights.Length != (long)Inputs * Outputs)
            throw new ArgumentException($"The layer has {Outputs} x {Inputs} weights, but {weights.Length} were given.", nameof(weights));
        for (int output = 0; output < Outputs; output++) SetWeights(output, 0, weights.Slice(output * Inputs, Inputs));
    }

    /// <summary>Sets the biases.</summary>
    /// <param name="biases">b [outputs].</param>
    /// <exception cref="ArgumentException">There are not as many as outputs.</exception>
    public void SetBiases(ReadOnlySpan<float> biases)
    {
        if (biases.Length != Outputs)
            throw new ArgumentException($"The layer has {Outputs} biases, but {biases.Length} were given.", nameof(biases));
        Span<float> parameters = Parameters.Span;
        for (int output = 0; output < Outputs; output++) parameters[Layout.IndexOf(Inputs, output)] = biases[output];
    }

    /// <summary>Changes an output's y, before the activation, to scale y + offset.</summary>
    internal void ScaleOutput(int output, double scale, double offset)
    {
        Span<float> parameters = Parameters.Span;
        for (int input = 0; input < Inputs; input++)
        {
            ref float weight = ref parameters[Layout.IndexOf(input, output)];
            weight = (float)(weight * scale);
        }

        ref float bias = ref parameters[Layout.IndexOf(Inputs, output)];
        bias = (float)(bias * scale + offset);
    }

    /// <summary>Takes over the weights and biases of another layer of the same shape, with the outputs in another order.</summary>
    /// <param name="other">The other layer.</param>
    /// <param name="order">Which output of it becomes each output.</param>
    internal void CopyOutputsFrom(DenseLayer other, int[] order)
    {
        float[] weights = new float[Inputs], biases = other.GetBiases();
        for (int output = 0; output < Outputs; output++)
        {
            other.CopyWeights(order[output], 0, weights);
            SetWeights(output, 0, weights);
        }

        SetBiases(Array.ConvertAll(order, from => biases[from]));
    }

    /// <summary>The weights' part of a buffer of the parameters' shape, [outputs x inputs], row-major.</summary>
    internal float[] GetWeights(ReadOnlySpan<float> parameters)
    {
        var weights = new float[Inputs * Outputs];
        for (int output = 0; output < Outputs; output++) CopyWeights(parameters, output, 0, weights.AsSpan(output * Inputs, Inputs));
        return weights;
    }

    /// <summary>Copies weights to one output: a piece of a row of W. Whoever goes through a large layer does so in pieces.</summary>
    /// <param name="output">The row of W.</param>
    /// <param name="firstInput">Where the piece begins.</param>
    /// <param name="destination">Its length is that of the piece.</param>
    internal void CopyWeights(int output, int firstInput, Span<float> destination) => CopyWeights(Parameters.Span, output, firstInput, destination);

    /// <summary>Sets weights to one output: a piece of a row of W.</summary>
    /// <param name="output">The row of W.</param>
    /// <param name="firstInput">Where the piece begins.</param>
    /// <param name="weights">The piece.</param>
    internal void SetWeights(int output, int firstInput, ReadOnlySpan<float> weights)
    {
        Span<float> parameters = Parameters.Span;
        int at = Layout.IndexOf(firstInput, output), width = Layout.Width(output / PanelLayout.FullWidth);
        for (int i = 0; i < weights.Length; i++) parameters[at + i * width] = weights[i];
    }

    /// <summary>The biases' part of a buffer of the parameters' shape, [outputs].</summary>
    internal float[] GetBiases(ReadOnlySpan<float> parameters)
    {
        var biases = new float[Outputs];
        for (int output = 0; output < Outputs; output++) biases[output] = parameters[Layout.IndexOf(Inputs, output)];
        return biases;
    }

    private void CopyWeights(ReadOnlySpan<float> parameters, int output, int firstInput, Span<float> destination)
    {
        int at = Layout.IndexOf(firstInput, output), width = Layout.Width(output / PanelLayout.FullWidth);
        for (int i = 0; i < destination.Length; i++) destination[i] = parameters[at + i * width];
    }
}
