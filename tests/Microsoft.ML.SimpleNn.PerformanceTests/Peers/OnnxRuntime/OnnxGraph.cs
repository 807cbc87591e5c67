using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Peers;

/// <summary>A network as an ONNX model: a Gemm for each layer, and a Relu after it where it has one. The field numbers are those of onnx.proto.</summary>
internal static class OnnxGraph
{
    public const string InputName = "x";
    public const string OutputName = "y";
    private const int IrVersion = 8;
    private const int OperatorSet = 13;
    private const int FloatType = 1;
    private const int IntAttribute = 2;

    /// <summary>The bytes of the model.</summary>
    /// <param name="network">The network; its hidden layers are ReLU.</param>
    public static byte[] Write(Network network)
    {
        var graph = new ProtobufWriter();
        string input = InputName;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            bool isLast = i == network.Layers.Count - 1;
            string linear = isLast ? OutputName : $"u{i}", output = isLast ? OutputName : $"y{i}";
            graph.Write(1, Node("Gemm", [input, $"W{i}", $"b{i}"], linear).Write(5, new ProtobufWriter().Write(1, "transB").Write(3, 1).Write(20, IntAttribute)));
            if (!isLast) graph.Write(1, Node("Relu", [linear], output));
            graph.Write(5, Tensor($"W{i}", layer.GetWeights(), layer.Outputs, layer.Inputs));
            graph.Write(5, Tensor($"b{i}", layer.GetBiases(), layer.Outputs));
            input = output;
        }

        graph.Write(2, "network").Write(11, Value(InputName, network.Inputs)).Write(12, Value(OutputName, network.Outputs));
        return new ProtobufWriter().Write(1, IrVersion).Write(7, graph).Write(8, new ProtobufWriter().Write(1, "").Write(2, OperatorSet)).ToArray();
    }

    private static ProtobufWriter Node(string type, string[] inputs, string output)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs) node.Write(1, input);
        return node.Write(2, output).Write(4, type);
    }

    private static ProtobufWriter Tensor(string name, float[] values, params int[] sizes)
    {
        var tensor = new ProtobufWriter();
        foreach (int size in sizes) tensor.Write(1, size);
        return tensor.Write(2, FloatType).Write(8, name).Write(9, MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>An input or output of [rows x columns], of any number of rows.</summary>
    private static ProtobufWriter Value(string name, int columns)
    {
        ProtobufWriter shape = new ProtobufWriter().Write(1, new ProtobufWriter().Write(2, "rows")).Write(1, new ProtobufWriter().Write(1, columns));
        return new ProtobufWriter().Write(1, name).Write(2, new ProtobufWriter().Write(1, new ProtobufWriter().Write(1, FloatType).Write(2, shape)));
    }
}
