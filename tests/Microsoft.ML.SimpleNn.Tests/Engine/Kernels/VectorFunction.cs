namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>A function of <see cref="SimpleNn.Kernels.VectorMath{V}"/>.</summary>
public enum VectorFunction
{
    Exp,
    Log,
    Log1Plus,
    Sigmoid,
    Tanh,
    NormalDistribution,
    Positive,
    Negate,
}
