using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The nodes of each task's model: from the features to the columns that ML.NET gives.</summary>
internal static class ModelNodes
{
    /// <summary>What an autoencoder makes of a row.</summary>
    public const string Reconstruction = "Reconstruction";

    /// <summary>The outputs of an autoencoder's bottleneck.</summary>
    public const string Code = "Code";

    /// <summary>A network alone, without a task.</summary>
    public static void Add(OnnxGraph graph, Network network) =>
        graph.Output(DefaultColumnNames.Score, NetworkNodes.Add(graph, network).Outputs, network.Outputs);

    /// <summary>A regression: the Score, of counts e^output, of labels the sigmoid; and the bounds of an interval, where the model has one.</summary>
    public static void Add(OnnxGraph graph, SimpleNnRegressionModelParameters model)
    {
        UnusableRows rows = UnusableRowsOf(graph, model.Network);
        Func<string, string> predict = model.Meaning switch
        {
            ScoreMeaning.Rate => outputs => graph.Add("Exp", outputs),
            ScoreMeaning.Probability => outputs => graph.Add("Sigmoid", outputs),
            _ => outputs => outputs,
        };
        string score = Mean(graph, model.Networks, predict);
        graph.Output(DefaultColumnNames.Score, rows.Blank(score), model.Network.Outputs);
        if (model.Interval is not { } interval)
            return;
        string lower = graph.Add("Sub", score, graph.Constant(interval.HalfWidth));
        if (model.Meaning == ScoreMeaning.Rate)
            lower = graph.Add("Max", lower, graph.Constant(0f));
        graph.Output(IntervalScoreMapper.LowerColumn, rows.Blank(lower), 1);
        graph.Output(IntervalScoreMapper.UpperColumn, rows.Blank(graph.Add("Add", score, graph.Constant(interval.HalfWidth))), 1);
    }

    /// <summary>
    /// Classes: the Score has their probabilities, PredictedLabel the key of the most probable one, 0 where there is none; and the prediction set, where the
    /// model has one.
    /// </summary>
    public static void Add(OnnxGraph graph, SimpleNnMulticlassModelParameters model)
    {
        UnusableRows rows = UnusableRowsOf(graph, model.Network);
        string probabilities = Mean(graph, model.Networks, outputs => graph.Add("Softmax", [new("axis", 1L)], outputs));
        string best = graph.Add("ArgMax", [new("axis", 1L), new("keepdims", 1L)], probabilities);
        string key = graph.Add("Add", best, graph.Constant([1L], 1));
        string known = graph.Add("Where", graph.Add("IsNaN", rows.Nothing), graph.Constant([0L], 1), key);

        graph.Output(DefaultColumnNames.PredictedLabel, graph.Cast(known, OnnxType.UInt32), 1, OnnxType.UInt32);
        string score = rows.Blank(probabilities);
        graph.Output(DefaultColumnNames.Score, score, model.Network.Outputs);
        if (model.PredictionSets is not { } sets)
            return;
        // Above the float before the threshold is at the threshold or above: an operator for that came later.
        string set = graph.Add("Greater", score, graph.Constant(MathF.BitDecrement(sets.Threshold)));
        graph.Output(PredictionSetMapper.SetColumn, set, model.Network.Outputs, OnnxType.Bool);
    }

    /// <summary>True or false: the Score is the logit, the Probability its sigmoid, PredictedLabel its sign.</summary>
    public static void Add(OnnxGraph graph, SimpleNnBinaryModelParameters model)
    {
        UnusableRows rows = UnusableRowsOf(graph, model.Network);
        string[] logits = [.. model.Networks.Select(network => NetworkNodes.Add(graph, network).Outputs)];
        string score = rows.Blank(logits.Length == 1 ? logits[0] : LogitOfMean(graph, logits));

        graph.Output(DefaultColumnNames.PredictedLabel, graph.Add("Greater", score, graph.Constant(0f)), 1, OnnxType.Bool);
        graph.Output(DefaultColumnNames.Score, score, 1);
        graph.Output(DefaultColumnNames.Probability, graph.Add("Sigmoid", score), 1);
    }

    /// <summary>Anomalies: the Score is the error of the Reconstruction, PredictedLabel whether it is above the threshold; and the Code.</summary>
    public static void Add(OnnxGraph graph, SimpleNnAutoencoderModelParameters model)
    {
        UnusableRows rows = UnusableRowsOf(graph, model.Network);
        NetworkNodes network = NetworkNodes.Add(graph, model.Network);
        string score = rows.Blank(ReconstructionErrorNodes.Add(graph, model, network));

        graph.Output(DefaultColumnNames.PredictedLabel, graph.Add("Greater", score, graph.Constant(model.Threshold)), 1, OnnxType.Bool);
        graph.Output(DefaultColumnNames.Score, score, 1);
        graph.Output(Reconstruction, rows.Blank(network.Outputs), model.Network.Outputs);
        graph.Output(Code, rows.Blank(network.Layers[model.Encoder.Layers.Count - 1]), model.Encoder.Outputs);
    }

    private static UnusableRows UnusableRowsOf(OnnxGraph graph, Network network) =>
        UnusableRows.Add(graph, acceptsMissing: network.InputStage is { AcceptsMissing: true });

    /// <summary>The mean of the networks' predictions.</summary>
    private static string Mean(OnnxGraph graph, IReadOnlyList<Network> networks, Func<string, string> predict)
    {
        string[] predictions = [.. networks.Select(network => predict(NetworkNodes.Add(graph, network).Outputs))];
        return predictions.Length == 1 ? predictions[0] : graph.Add("Mean", predictions);
    }

    /// <summary>log(sum of p) - log(sum of 1 - p), of logarithms of p as the library does it: log p = -log(1 + e^-z) and log(1 - p) = -log(1 + e^z).</summary>
    private static string LogitOfMean(OnnxGraph graph, string[] logits)
    {
        string z = graph.Add("Concat", [new("axis", 1L)], logits);
        return graph.Add("Sub", LogOfSum(LogOfSigmoid(z)), LogOfSum(LogOfSigmoid(graph.Add("Neg", z))));

        string LogOfSigmoid(string values) => graph.Add("Neg", graph.Add("Softplus", graph.Add("Neg", values)));

        string LogOfSum(string logarithms) => graph.Add("ReduceLogSumExp", [new("axes", [1L])], logarithms);
    }
}
