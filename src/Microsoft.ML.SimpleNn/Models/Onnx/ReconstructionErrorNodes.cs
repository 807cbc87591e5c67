using Microsoft.ML.SimpleNn;


namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// An autoencoder's score: the mean over the known features of the squared error, in the units of the input stage, in which constants count as 0. Networks of
/// earlier versions have no stage, but a factor for each feature.
/// </summary>
internal static class ReconstructionErrorNodes
{
    /// <summary>Adds the score of a row that can be used.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network in the graph.</param>
    /// <returns>The name of the score [rows x 1].</returns>
    public static string Add(OnnxGraph graph, SimpleNnAutoencoderModelParameters model, NetworkNodes network)
    {
        InputStage? stage = model.Network.InputStage;
        float[] factors = stage is null ? model.ErrorFactors.ToArray() : [.. stage.Kinds.Select(kind => kind == ColumnKind.Constant ? 0f : 1)];

        string outputs = network.Inputs is null ? network.Outputs : network.Layers[^1];
        string difference = graph.Add("Mul", graph.Add("Sub", outputs, network.Inputs?.Numbers ?? graph.Features), graph.Constant(factors, 1, factors.Length));
        string squares = graph.Add("Mul", difference, difference);
        if (network.Inputs is null) return graph.Add("Div", InfiniteForNaN(graph, graph.SumOfColumns(squares)), graph.Constant(factors.Length));

        string known = graph.SumOfColumns(graph.Cast(graph.Add("Not", network.Inputs.IsMissing), OnnxType.Float));
        string sum = graph.SumOfColumns(graph.Add("Where", network.Inputs.IsMissing, graph.Constant(0f), squares));
        return graph.Add("Div", InfiniteForNaN(graph, sum), known); // nothing known: 0 / 0 is NaN
    }

    /// <summary>A row so far off that the network's arithmetic overflows has an infinite error.</summary>
    private static string InfiniteForNaN(OnnxGraph graph, string sum) =>
        graph.Add("Where", graph.Add("IsNaN", sum), graph.Constant(float.PositiveInfinity), sum);
}
