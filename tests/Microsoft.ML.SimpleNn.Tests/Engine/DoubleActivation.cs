namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The activations in double precision, each as its formula.</summary>
internal static class DoubleActivation
{
    /// <summary>f(u).</summary>
    public static double Value(Activation activation, double u) => activation switch
    {
        Activation.Identity => u,
        Activation.ReLU => Math.Max(u, 0),
        Activation.LeakyReLU => u < 0 ? 0.01 * u : u,
        Activation.ELU => u < 0 ? Math.Exp(u) - 1 : u,
        Activation.SELU => 1.0507009873554805 * (u < 0 ? 1.6732632423543772 * (Math.Exp(u) - 1) : u),
        Activation.GELU => u * DoubleMath.NormalDistribution(u),
        Activation.SiLU => u * DoubleMath.Sigmoid(u),
        Activation.Sigmoid => DoubleMath.Sigmoid(u),
        Activation.Tanh => Math.Tanh(u),
        Activation.Softplus => Math.Max(u, 0) + DoubleMath.Log1Plus(Math.Exp(-Math.Abs(u))),
        Activation.Mish => u * Math.Tanh(Math.Max(u, 0) + DoubleMath.Log1Plus(Math.Exp(-Math.Abs(u)))),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };

    /// <summary>f'(u) by a central difference, for u away from a bend.</summary>
    public static double Derivative(Activation activation, double u)
    {
        const double Step = 1e-5;
        return (Value(activation, u + Step) - Value(activation, u - Step)) / (2 * Step);
    }
}
