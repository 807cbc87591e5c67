namespace Microsoft.ML.SimpleNn.Import;

/// <summary>A dense layer as a file has it.</summary>
/// <param name="weights">W [outputs x inputs], row-major.</param>
/// <param name="inputs">The inputs.</param>
/// <param name="outputs">The outputs.</param>
internal sealed class ImportedLayer(float[] weights, int inputs, int outputs)
{
    private readonly float[] _biases = new float[outputs];

    /// <summary>The inputs.</summary>
    public int Inputs => inputs;

    /// <summary>The outputs.</summary>
    public int Outputs => outputs;

    /// <summary>What is applied to the outputs.</summary>
    public Activation Activation { get; set; }

    /// <summary>Adds to the biases.</summary>
    /// <param name="biases">A number for each output, or one for all.</param>
    public void Add(Tensor biases)
    {
        if (biases.Values.Length != 1 && (biases.Values.Length != outputs || biases.Sizes[^1] != outputs))
            throw OnnxReader.Refused($"'{biases.Name}' is added to {outputs} outputs, but has {biases.Values.Length} numbers");
        for (int i = 0; i < outputs; i++) _biases[i] += biases.Values[biases.Values.Length == 1 ? 0 : i];
    }

    /// <summary>The layer of the engine.</summary>
    public DenseLayer ToDense()
    {
        if (weights.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0 || _biases.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
            throw OnnxReader.Refused($"a layer of {inputs} inputs and {outputs} outputs has a weight that is not a finite number");
        var layer = new DenseLayer(inputs, outputs, Activation);
        layer.SetWeights(weights);
        layer.SetBiases(_biases);
        return layer;
    }
}
