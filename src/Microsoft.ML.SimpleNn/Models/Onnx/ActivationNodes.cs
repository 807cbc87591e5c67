using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The activations as operators of opset 13, in which three of them have no operator of their own.</summary>
internal static class ActivationNodes
{
    private const float SqrtHalf = 0.707106781f;
    private const float LeakySlope = 0.01f;
    private const float SeluScale = 1.05070098f;
    private const float SeluAlpha = 1.67326324f;

    /// <summary>Adds an activation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="u">What it is applied to.</param>
    /// <returns>The name of the result.</returns>
    public static string Add(OnnxGraph graph, Activation activation, string u) => activation switch
    {
        Activation.Identity => u,
        Activation.ReLU => graph.Add("Relu", u),
        Activation.LeakyReLU => graph.Add("LeakyRelu", [new("alpha", LeakySlope)], u),
        Activation.ELU => graph.Add("Elu", [new("alpha", 1f)], u),
        Activation.SELU => graph.Add("Selu", [new("alpha", SeluAlpha), new("gamma", SeluScale)], u),
        Activation.Sigmoid => graph.Add("Sigmoid", u),
        Activation.Tanh => graph.Add("Tanh", u),
        Activation.Softplus => graph.Add("Softplus", u),
        Activation.SiLU => graph.Add("Mul", u, graph.Add("Sigmoid", u)),
        Activation.Mish => graph.Add("Mul", u, graph.Add("Tanh", graph.Add("Softplus", u))),
        Activation.GELU => Gelu(graph, u),
        _ => throw new NotSupportedException($"The activation {activation} has no form in ONNX."),
    };

    /// <summary>u/2 (1 + erf(u / sqrt 2)).</summary>
    private static string Gelu(OnnxGraph graph, string u)
    {
        string erf = graph.Add("Erf", graph.Add("Mul", u, graph.Constant(SqrtHalf)));
        string twice = graph.Add("Mul", u, graph.Add("Add", erf, graph.Constant(1)));
        return graph.Add("Mul", twice, graph.Constant(0.5f));
    }
}
