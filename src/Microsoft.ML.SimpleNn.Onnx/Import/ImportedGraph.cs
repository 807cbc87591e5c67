using Microsoft.ML.SimpleNn.Schema;

namespace Microsoft.ML.SimpleNn.Import;

/// <summary>A graph of a file: the numbers in it, and which nodes use a value.</summary>
internal sealed class ImportedGraph
{
    private readonly MemoryClaim _memory;
    private readonly Dictionary<string, TensorProto> _constants = [];
    private readonly Dictionary<string, NodeProto> _nodeOf = [];
    private readonly Dictionary<string, List<NodeProto>> _usersOf = [];

    /// <summary>Looks through a graph.</summary>
    public ImportedGraph(GraphProto graph, MemoryClaim memory)
    {
        _memory = memory;
        foreach (TensorProto tensor in graph.Initializer) _constants[tensor.Name] = tensor;
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType == "Constant" && node.Output.Count == 1 && Attribute(node, "value")?.T is { } value) _constants[node.Output[0]] = value;
            foreach (string output in node.Output) _nodeOf[output] = node;
            foreach (string input in node.Input.Distinct()) (_usersOf.TryGetValue(input, out List<NodeProto>? users) ? users : _usersOf[input] = []).Add(node);
        }

        string[] inputs = [.. graph.Input.Select(input => input.Name).Where(name => !_constants.ContainsKey(name))]; // before version 4, initializers are inputs too
        if (inputs.Length != 1) throw OnnxReader.Refused($"it has {inputs.Length} inputs, and a network of dense layers has one");
        Input = inputs[0];
        Features = FeaturesOf(graph.Input.First(input => input.Name == Input));
        NodeCount = graph.Node.Count;
    }

    /// <summary>The name of the rows of features.</summary>
    public string Input { get; }

    /// <summary>The features of a row, where the file says it: an image has as many as it has pixels.</summary>
    public long? Features { get; }

    /// <summary>How many nodes there are.</summary>
    public int NodeCount { get; }

    /// <summary>The nodes that use a value.</summary>
    public IReadOnlyList<NodeProto> UsersOf(string value) => _usersOf.TryGetValue(value, out List<NodeProto>? users) ? users : [];

    /// <summary>The numbers of a name, where the file has them; a transpose of them too.</summary>
    public Tensor? Constant(string name)
    {
        if (_constants.TryGetValue(name, out TensorProto? tensor)) return Tensor.Read(name, tensor, _memory);
        bool isTransposed = _nodeOf.TryGetValue(name, out NodeProto? node) && node.OpType == "Transpose" && node.Input.Count == 1 && _constants.ContainsKey(node.Input[0]);
        return isTransposed ? Constant(node!.Input[0])!.Transposed() : null;
    }

    /// <summary>An attribute of a node; null where it has none of that name.</summary>
    public static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>An attribute that is a number.</summary>
    public static float Number(NodeProto node, string name, float byDefault) => Attribute(node, name)?.F ?? byDefault;

    /// <summary>An attribute that is a whole number.</summary>
    public static long Integer(NodeProto node, string name, long byDefault) => Attribute(node, name)?.I ?? byDefault;

    private static long? FeaturesOf(ValueInfoProto input)
    {
        if (input.Type?.TensorType?.Shape is not { Dim: { Count: > 1 } sizes }) return null;
        long features = 1;
        foreach (TensorShapeProto.Types.Dimension size in sizes.Skip(1))
        {
            if (size.ValueCase != TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue) return null;
            if (size.DimValue < 1 || size.DimValue > int.MaxValue / features) throw OnnxReader.Refused($"its input '{input.Name}' has a size of {size.DimValue}");
            features *= size.DimValue;
        }

        return features;
    }
}
