using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Trainers.SimpleNn;
using DataType = Microsoft.ML.SimpleNn.Schema.TensorProto.Types.DataType;

namespace Microsoft.ML.SimpleNn.Export;

/// <summary>The graph of each task's model: from the features to the columns that ML.NET gives.</summary>
internal static class ModelGraphs
{
    /// <summary>A network alone, without a task.</summary>
    public static OnnxGraph Of(Network network)
    {
        var graph = new OnnxGraph(network.Inputs);
        graph.Output(OnnxNames.Score, NetworkNodes.Add(graph, network).Outputs, network.Outputs);
        return graph;
    }

    /// <summary>A regression: the Score, of counts e^output, of labels the sigmoid.</summary>
    public static OnnxGraph Of(SimpleNnRegressionModelParameters model)
    {
        OnnxGraph graph = Begin(model.Network, out UnusableRows rows);
        Func<string, string> predict = model.Meaning switch
        {
            ScoreMeaning.Rate => outputs => graph.Add("Exp", outputs),
            ScoreMeaning.Probability => outputs => graph.Add("Sigmoid", outputs),
            _ => outputs => outputs,
        };
        graph.Output(OnnxNames.Score, rows.Blank(Mean(graph, model.Networks, predict)), model.Network.Outputs);
        DescribeNames(graph, OnnxNames.SlotNames, model.SlotNames);
        return graph;
    }

    /// <summary>Classes: the Score has their probabilities, PredictedLabel the key of the most probable one, 0 where there is none.</summary>
    public static OnnxGraph Of(SimpleNnMulticlassModelParameters model)
    {
        OnnxGraph graph = Begin(model.Network, out UnusableRows rows);
        string probabilities = Mean(graph, model.Networks, outputs => graph.Add("Softmax", [OnnxGraph.Attribute("axis", 1)], outputs));
        string best = graph.Add("ArgMax", [OnnxGraph.Attribute("axis", 1), OnnxGraph.Attribute("keepdims", 1)], probabilities);
        string key = graph.Add("Add", best, graph.Constant([1L], 1));
        string known = graph.Add("Where", graph.Add("IsNaN", rows.Nothing), graph.Constant([0L], 1), key);

        graph.Output(OnnxNames.PredictedLabel, graph.Cast(known, DataType.Uint32), 1, DataType.Uint32);
        graph.Output(OnnxNames.Score, rows.Blank(probabilities), model.Network.Outputs);
        DescribeNames(graph, OnnxNames.ClassNames, model.ClassNames);
        return graph;
    }

    /// <summary>True or false: the Score is the logit, the Probability its sigmoid, PredictedLabel its sign.</summary>
    public static OnnxGraph Of(SimpleNnBinaryModelParameters model)
    {
        OnnxGraph graph = Begin(model.Network, out UnusableRows rows);
        string[] logits = [.. model.Networks.Select(network => NetworkNodes.Add(graph, network).Outputs)];
        string score = rows.Blank(logits.Length == 1 ? logits[0] : LogitOfMean(graph, logits));

        graph.Output(OnnxNames.PredictedLabel, graph.Add("Greater", score, graph.Constant(0f)), 1, DataType.Bool);
        graph.Output(OnnxNames.Score, score, 1);
        graph.Output(OnnxNames.Probability, graph.Add("Sigmoid", score), 1);
        return graph;
    }

    /// <summary>Anomalies: the Score is the error of the Reconstruction, PredictedLabel whether it is above the threshold; and the Code.</summary>
    public static OnnxGraph Of(SimpleNnAutoencoderModelParameters model)
    {
        OnnxGraph graph = Begin(model.Network, out UnusableRows rows);
        NetworkNodes network = NetworkNodes.Add(graph, model.Network);
        string score = rows.Blank(ReconstructionErrorNodes.Add(graph, model, network));

        graph.Output(OnnxNames.PredictedLabel, graph.Add("Greater", score, graph.Constant(model.Threshold)), 1, DataType.Bool);
        graph.Output(OnnxNames.Score, score, 1);
        graph.Output(OnnxNames.Reconstruction, rows.Blank(network.Outputs), model.Network.Outputs);
        graph.Output(OnnxNames.Code, rows.Blank(network.Layers[model.Encoder.Layers.Count - 1]), model.Encoder.Outputs);
        graph.Describe(OnnxNames.Threshold, model.Threshold.ToString(CultureInfo.InvariantCulture));
        return graph;
    }

    private static OnnxGraph Begin(Network network, out UnusableRows rows)
    {
        var graph = new OnnxGraph(network.Inputs);
        rows = UnusableRows.Add(graph, acceptsMissing: network.InputStage is { AcceptsMissing: true });
        return graph;
    }

    /// <summary>The mean of the networks' predictions.</summary>
    private static string Mean(OnnxGraph graph, IReadOnlyList<Network> networks, Func<string, string> predict)
    {
        string[] predictions = [.. networks.Select(network => predict(NetworkNodes.Add(graph, network).Outputs))];
        return predictions.Length == 1 ? predictions[0] : graph.Add("Mean", predictions);
    }

    /// <summary>log(sum of p) - log(sum of 1 - p), of logarithms of p as the library does it: log p = -log(1 + e^-z) and log(1 - p) = -log(1 + e^z).</summary>
    private static string LogitOfMean(OnnxGraph graph, string[] logits)
    {
        string z = graph.Add("Concat", [OnnxGraph.Attribute("axis", 1)], logits);
        string positive = LogOfSum(graph.Add("Neg", graph.Add("Softplus", graph.Add("Neg", z)))), negative = LogOfSum(graph.Add("Neg", graph.Add("Softplus", z)));
        return graph.Add("Sub", positive, negative);

        string LogOfSum(string logarithms) => graph.Add("ReduceLogSumExp", [new() { Name = "axes", Ints = { 1 }, Type = Schema.AttributeProto.Types.AttributeType.Ints }], logarithms);
    }

    private static void DescribeNames(OnnxGraph graph, string key, IReadOnlyList<string>? names)
    {
        if (names is not null) graph.Describe(key, JsonSerializer.Serialize(names));
    }
}
