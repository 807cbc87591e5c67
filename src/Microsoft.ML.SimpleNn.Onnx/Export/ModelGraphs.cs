using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Export;

/// <summary>The graph of each task's model: its nodes, and what its numbers do not say.</summary>
internal static class ModelGraphs
{
    /// <summary>A network alone, without a task.</summary>
    public static OnnxFileGraph Of(Network network)
    {
        var graph = new OnnxFileGraph(network.Inputs);
        ModelNodes.Add(graph, network);
        return graph;
    }

    /// <summary>A model with its task.</summary>
    public static OnnxFileGraph Of<TOutput>(SimpleNnModelParametersBase<TOutput> model)
    {
        var graph = new OnnxFileGraph(model.Network.Inputs);
        model.AddTo(graph);
        switch ((object)model)
        {
            case SimpleNnMulticlassModelParameters classes:
                DescribeNames(graph, OnnxNames.ClassNames, classes.ClassNames);
                break;
            case SimpleNnRegressionModelParameters numbers:
                DescribeNames(graph, OnnxNames.SlotNames, numbers.SlotNames);
                break;
            case SimpleNnAutoencoderModelParameters autoencoder:
                graph.Describe(OnnxNames.Threshold, autoencoder.Threshold.ToString(CultureInfo.InvariantCulture));
                break;
        }
        return graph;
    }

    private static void DescribeNames(OnnxFileGraph graph, string key, IReadOnlyList<string>? names)
    {
        if (names is not null)
            graph.Describe(key, JsonSerializer.Serialize(names));
    }
}
