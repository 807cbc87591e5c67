using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Makes the scores of rows NaN that have an infinite feature, or a missing one where the network refuses that. An activation such as ReLU can turn NaN into 0,
/// and a score of nothing would look like any other.
/// </summary>
internal sealed class UnusableRows
{
    private readonly OnnxGraph _graph;

    private UnusableRows(OnnxGraph graph, string nothing)
    {
        (_graph, Nothing) = (graph, nothing);
    }

    /// <summary>0 for a row that can be used, NaN for another [rows x 1].</summary>
    public string Nothing { get; }

    /// <summary>Adds what tells the rows: the sum of 0 x over the features, which is NaN where one is NaN or infinite.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="acceptsMissing">Whether a feature may be missing.</param>
    public static UnusableRows Add(OnnxGraph graph, bool acceptsMissing)
    {
        string zero = graph.Constant(0f), x = graph.Features;
        if (acceptsMissing) x = graph.Add("Where", graph.Add("IsNaN", x), zero, x);
        string zeros = graph.Add("Mul", x, zero);
        return new UnusableRows(graph, graph.SumOfColumns(zeros));
    }

    /// <summary>The results, NaN where the row cannot be used.</summary>
    public string Blank(string results) => _graph.Add("Add", results, Nothing);
}
