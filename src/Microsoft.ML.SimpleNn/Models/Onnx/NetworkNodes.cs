using Microsoft.ML.SimpleNn;


namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>A network as nodes: its input stage, a Gemm and an activation for each layer, its output stage.</summary>
internal sealed class NetworkNodes
{
    private NetworkNodes(InputStageNodes? inputs, string[] layers, string outputs)
    {
        (Inputs, Layers, Outputs) = (inputs, layers, outputs);
    }

    /// <summary>What is done to the features; null for nothing.</summary>
    public InputStageNodes? Inputs { get; }

    /// <summary>The outputs of each layer [rows x outputs].</summary>
    public string[] Layers { get; }

    /// <summary>The network's outputs [rows x outputs], after its output stage.</summary>
    public string Outputs { get; }

    /// <summary>Adds a network to a graph.</summary>
    public static NetworkNodes Add(OnnxGraph graph, Network network)
    {
        InputStageNodes? inputs = network.InputStage is { } stage ? InputStageNodes.Add(graph, stage) : null;
        string y = inputs?.Inputs ?? graph.Features;
        var layers = new string[network.Layers.Count];
        for (int i = 0; i < layers.Length; i++) y = layers[i] = AddLayer(graph, network.Layers[i], y);
        return new NetworkNodes(inputs, layers, network.OutputStage is { } outputStage ? AddOutputStage(graph, outputStage, y) : y);
    }

    private static string AddLayer(OnnxGraph graph, DenseLayer layer, string x)
    {
        string weights = graph.Constant(layer.GetWeights(), layer.Outputs, layer.Inputs), biases = graph.Constant(layer.GetBiases(), layer.Outputs);
        return ActivationNodes.Add(graph, layer.Activation, graph.Add("Gemm", [new("transB", 1L)], x, weights, biases));
    }

    /// <summary>scale y + offset, in double precision as the library does it: a label far from zero keeps its digits.</summary>
    private static string AddOutputStage(OnnxGraph graph, OutputStage stage, string y)
    {
        string scaled = graph.Add("Mul", graph.Cast(y, OnnxType.Double), graph.Constant([.. stage.Scale], 1, stage.Scale.Count));
        return graph.Cast(graph.Add("Add", scaled, graph.Constant([.. stage.Offset], 1, stage.Offset.Count)), OnnxType.Float);
    }
}
