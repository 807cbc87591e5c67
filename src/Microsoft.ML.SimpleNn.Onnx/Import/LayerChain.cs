using Microsoft.ML.SimpleNn.Schema;
using DataType = Microsoft.ML.SimpleNn.Schema.TensorProto.Types.DataType;

namespace Microsoft.ML.SimpleNn.Import;

/// <summary>Follows the features through a graph, from one value to the next: products, biases and activations become layers.</summary>
/// <param name="graph">The graph.</param>
internal sealed class LayerChain(ImportedGraph graph)
{
    private readonly List<ImportedLayer> _layers = [];
    private bool _isActivated;

    /// <summary>The layers.</summary>
    public IReadOnlyList<ImportedLayer> Read()
    {
        string? value = graph.Input;
        for (int steps = 0; value is not null; steps++)
        {
            if (steps > graph.NodeCount) throw OnnxReader.Refused($"its nodes go round in a circle");
            value = Next(value);
        }

        if (_layers.Count == 0) throw OnnxReader.Refused($"it has no Gemm or MatMul");
        if (graph.Features is long features && features != _layers[0].Inputs)
            throw OnnxReader.Refused($"a row has {features} features, but its first layer takes {_layers[0].Inputs} inputs");
        return _layers;
    }

    /// <summary>What comes of a value; null where the network ends.</summary>
    private string? Next(string value)
    {
        IReadOnlyList<NodeProto> users = graph.UsersOf(value);
        if (users.Count == 0) return null;
        NodeProto node = users[0];
        if (users.Count == 1)
        {
            if (PassesOn(node)) return Output(node);
            if (node.OpType is "Gemm" or "MatMul") return AddProduct(node, value);
            if (node.OpType == "Add" && !_isActivated && _layers.Count > 0 && AddBiases(node, value)) return Output(node);
        }

        if (IsEnd(users)) return null;
        if (_layers.Count > 0 && !_isActivated && ActivationPattern.Match(graph, value) is { } match)
        {
            (_layers[^1].Activation, _isActivated) = (match.Activation, true);
            return match.Result;
        }

        throw OnnxReader.Refused($"it has the operator {node.OpType}{(_isActivated ? " after an activation" : _layers.Count == 0 ? " before the first layer" : "")}; a network of dense layers has Gemm, MatMul, Add and activations");
    }

    /// <summary>Operators that leave the numbers of a row as they are when a network is used.</summary>
    private static bool PassesOn(NodeProto node) => node.OpType switch
    {
        "Identity" or "Dropout" or "Flatten" or "Reshape" => true,
        "Cast" => (DataType)ImportedGraph.Integer(node, "to", (long)DataType.Unknown) is DataType.Float or DataType.Double,
        _ => false,
    };

    /// <summary>Y = alpha X W + beta C for Gemm, X W for MatMul.</summary>
    private string AddProduct(NodeProto node, string value)
    {
        if (node.Input.Count < 2 || node.Input[0] != value || graph.Constant(node.Input[1]) is not { } weights)
            throw OnnxReader.Refused($"its {node.OpType} '{node.Name}' is not a product of rows and weights of the file");
        weights.CheckIsMatrix();
        bool isGemm = node.OpType == "Gemm", isTransposed = isGemm && ImportedGraph.Integer(node, "transB", 0) != 0;
        if (isGemm && ImportedGraph.Integer(node, "transA", 0) != 0) throw OnnxReader.Refused($"its Gemm '{node.Name}' takes rows as columns");
        if (!isTransposed) weights = weights.Transposed();
        weights = weights.Times(isGemm ? ImportedGraph.Number(node, "alpha", 1) : 1);

        var layer = new ImportedLayer(weights.Values, weights.Sizes[1], weights.Sizes[0]);
        if (isGemm && node.Input.Count > 2 && node.Input[2].Length > 0)
        {
            Tensor biases = graph.Constant(node.Input[2]) ?? throw OnnxReader.Refused($"the biases '{node.Input[2]}' are not in the file");
            layer.Add(biases.Times(ImportedGraph.Number(node, "beta", 1)));
        }

        _layers.Add(layer);
        _isActivated = false;
        return Output(node);
    }

    private bool AddBiases(NodeProto node, string value)
    {
        if (node.Input.Count != 2 || graph.Constant(node.Input[node.Input[0] == value ? 1 : 0]) is not { } biases) return false;
        _layers[^1].Add(biases);
        return true;
    }

    /// <summary>Whether a softmax, or a sigmoid that no layer follows, makes probabilities of the value: what losses do themselves.</summary>
    private bool IsEnd(IReadOnlyList<NodeProto> users)
    {
        if (_layers.Count == 0) return false;
        if (users.Any(user => user.OpType is "Softmax" or "LogSoftmax" or "ArgMax")) return true;
        return !_isActivated && users.Count == 1 && users[0].OpType == "Sigmoid" && !LeadsToLayer(Output(users[0]));
    }

    private bool LeadsToLayer(string value)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([value]);
        while (open.TryPop(out string? name))
        {
            if (!seen.Add(name)) continue;
            foreach (NodeProto user in graph.UsersOf(name))
            {
                if (user.OpType is "Gemm" or "MatMul") return true;
                foreach (string output in user.Output) open.Push(output);
            }
        }

        return false;
    }

    private static string Output(NodeProto node) => node.Output.Count > 0 ? node.Output[0] : throw OnnxReader.Refused($"its {node.OpType} '{node.Name}' has no output");
}
