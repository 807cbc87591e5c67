using Microsoft.ML.SimpleNn.Import;
using Microsoft.ML.SimpleNn.Schema;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn;

/// <summary>Reads networks of dense layers from files of ONNX: to score without a native runtime, or to train on.</summary>
/// <remarks>
/// <para>
/// A file may have the operators that PyTorch and scikit-learn write for a multilayer perceptron: Gemm, MatMul and Add with weights of the file, and the activations of <see cref="Activation"/>, whole or
/// spelled out. Operators that change no number of a row, such as Flatten, Reshape and Dropout, are skipped.
/// </para>
/// <para>
/// Losses work on scores before softmax or sigmoid. So a Softmax or Sigmoid after the last layer, and what makes labels of it, is left out: the network gives logits. Another activation after the last layer is
/// that layer's.
/// </para>
/// <para>
/// A file that comes from others is untrusted. All of it is checked before it is used, and what a network takes in memory is bounded by <see cref="SimpleNnModelFile.MemoryLimit"/>.
/// </para>
/// </remarks>
public static class OnnxNetwork
{
    /// <summary>Reads a network from a file.</summary>
    /// <param name="filePath">The file.</param>
    /// <returns>The network, which takes what the file's graph takes.</returns>
    /// <exception cref="ArgumentNullException">The path is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FormatException">The file is not of ONNX, is damaged, or has more in it than a network of dense layers; the message says what.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is not to be read.</exception>
    public static Network Load(string filePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        using FileStream stream = File.OpenRead(filePath);
        return Load(stream);
    }

    /// <summary>Reads a network from a stream.</summary>
    /// <param name="stream">The stream, which is read to its end and stays open.</param>
    /// <returns>The network, which takes what the file's graph takes.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="FormatException">The stream is not of ONNX, is damaged, or has more in it than a network of dense layers; the message says what.</exception>
    public static Network Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var memory = new MemoryClaim(SimpleNnModelFile.EffectiveMemoryLimit);
        ModelProto model = OnnxReader.Read(stream, memory);
        IReadOnlyList<ImportedLayer> layers = new LayerChain(new ImportedGraph(model.Graph, memory)).Read();
        return NetworkOf(layers, memory);
    }

    private static Network NetworkOf(IReadOnlyList<ImportedLayer> layers, MemoryClaim memory)
    {
        if (layers.Count > NetworkLimits.HiddenLayers + 1) throw OnnxReader.Refused($"it has {layers.Count} layers, and a network has at most {NetworkLimits.HiddenLayers + 1}");
        var dense = new DenseLayer[layers.Count];
        for (int i = 0; i < dense.Length; i++)
        {
            ImportedLayer layer = layers[i];
            if (i > 0 && layer.Inputs != layers[i - 1].Outputs) throw OnnxReader.Refused($"layer {i + 1} takes {layer.Inputs} inputs, but layer {i} gives {layers[i - 1].Outputs}");
            if (!NetworkLimits.Allow(layer.Inputs, layer.Outputs)) throw OnnxReader.Refused($"layer {i + 1}, of {layer.Inputs} inputs and {layer.Outputs} outputs, is too large");
            memory.Claim((layer.Inputs + 1L) * NetworkLimits.Padded(layer.Outputs) * sizeof(float));
            dense[i] = layer.ToDense();
        }

        return new Network(dense);
    }
}
