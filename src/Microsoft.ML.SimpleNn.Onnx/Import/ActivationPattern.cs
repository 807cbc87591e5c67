using Microsoft.ML.SimpleNn.Schema;

namespace Microsoft.ML.SimpleNn.Import;

/// <summary>Recognizes an activation: as one operator, or spelled out as PyTorch does where an operator set has none for it.</summary>
internal static class ActivationPattern
{
    private const float Tolerance = 1e-4f;
    private const float LeakySlope = 0.01f;
    private const float SeluAlpha = 1.6732632f;
    private const float SeluGamma = 1.0507010f;
    private const float SqrtTwo = 1.4142136f;

    /// <summary>The activation that is applied to a value, and the name of its result; null where there is none.</summary>
    public static (Activation Activation, string Result)? Match(ImportedGraph graph, string u)
    {
        IReadOnlyList<NodeProto> users = graph.UsersOf(u);
        if (users.Any(user => user.Output.Count != 1)) return null;
        if (users.Count == 1) return OneOperator(users[0]) is { } activation ? (activation, users[0].Output[0]) : null;
        if (users.Count != 2 || users.FirstOrDefault(user => user.OpType == "Mul" && IsProductOfResults(graph, user, u)) is not { } product) return null;

        NodeProto first = users[0] == product ? users[1] : users[0];
        string factor = Other(product, u)!;
        if (first.OpType == "Sigmoid" && first.Output[0] == factor) return (Activation.SiLU, product.Output[0]);
        if (first.OpType == "Softplus" && Only(graph, first, "Tanh") is { } tanh && tanh.Output[0] == factor) return (Activation.Mish, product.Output[0]);
        return Gelu(graph, u, first, product) is { } result ? (Activation.GELU, result) : null;
    }

    private static Activation? OneOperator(NodeProto node) => node.OpType switch
    {
        "Relu" => Activation.ReLU,
        "Sigmoid" => Activation.Sigmoid,
        "Tanh" => Activation.Tanh,
        "Softplus" => Activation.Softplus,
        "Mish" => Activation.Mish,
        "Swish" => With(node, Activation.SiLU, ("alpha", 1)),
        "LeakyRelu" => With(node, Activation.LeakyReLU, ("alpha", LeakySlope)),
        "Elu" => With(node, Activation.ELU, ("alpha", 1)),
        "Selu" => With(node, Activation.SELU, ("alpha", SeluAlpha), ("gamma", SeluGamma)),
        "Gelu" when ImportedGraph.Attribute(node, "approximate")?.S.ToStringUtf8() is null or "none" => Activation.GELU,
        "Gelu" => throw OnnxReader.Refused($"its Gelu '{node.Name}' is an approximation by tanh, and the library has the exact one"),
        _ => null,
    };

    /// <summary>0.5 u (1 + erf(u / sqrt 2)): after the division or product, Erf, Add, Mul by u, Mul.</summary>
    private static string? Gelu(ImportedGraph graph, string u, NodeProto scaling, NodeProto product)
    {
        bool isScaled = scaling.OpType == "Div" ? scaling.Input[0] == u && IsConstant(graph, scaling, u, SqrtTwo) : scaling.OpType == "Mul" && IsConstant(graph, scaling, u, 1 / SqrtTwo);
        if (!isScaled || Only(graph, scaling, "Erf") is not { } erf || Only(graph, erf, "Add") is not { } sum || !IsConstant(graph, sum, erf.Output[0], 1)) return null;
        if (Other(product, u) != sum.Output[0] || Only(graph, product, "Mul") is not { } half) return null;
        return IsConstant(graph, half, product.Output[0], 0.5f) ? half.Output[0] : null;
    }

    /// <summary>The activation, whose numbers are the library's, which are ONNX's defaults too.</summary>
    private static Activation With(NodeProto node, Activation activation, params ReadOnlySpan<(string Name, float Wanted)> attributes)
    {
        foreach ((string name, float wanted) in attributes)
        {
            float value = ImportedGraph.Number(node, name, wanted);
            if (!(Math.Abs(value - wanted) <= Tolerance * wanted)) throw OnnxReader.Refused($"its {node.OpType} '{node.Name}' has {name} {value}, and that of the library is {wanted}");
        }

        return activation;
    }

    private static bool IsConstant(ImportedGraph graph, NodeProto node, string operand, float wanted) =>
        Other(node, operand) is { } other && graph.Constant(other) is { Values: [float value] } && Math.Abs(value - wanted) <= Tolerance * wanted;

    /// <summary>Whether a node multiplies a value with another result, and not with a number of the file.</summary>
    private static bool IsProductOfResults(ImportedGraph graph, NodeProto node, string u) => Other(node, u) is { } other && other != u && graph.Constant(other) is null;

    /// <summary>The one node that uses the result of another, if it has that operator and one result.</summary>
    private static NodeProto? Only(ImportedGraph graph, NodeProto node, string operation) =>
        graph.UsersOf(node.Output[0]) is [{ Output.Count: 1 } user] && user.OpType == operation ? user : null;

    /// <summary>The other one of two operands.</summary>
    private static string? Other(NodeProto node, string operand) => node.Input.Count != 2 ? null : node.Input[0] == operand ? node.Input[1] : node.Input[0];
}
