namespace Microsoft.ML.SimpleNn;

/// <summary>The function f that a layer applies to its linear outputs u = x W^T + b, one by one.</summary>
public enum Activation
{
    /// <summary>f(u) = u. The usual choice for the last layer.</summary>
    Identity,

    /// <summary>Rectified linear unit: f(u) = max(u, 0). The default of hidden layers.</summary>
    ReLU,

    /// <summary>Leaky rectified linear unit: f(u) = u for u >= 0, 0.01 u below (Maas et al. 2013).</summary>
    LeakyReLU,

    /// <summary>Exponential linear unit: f(u) = u for u >= 0, e^u - 1 below (Clevert et al. 2016).</summary>
    ELU,

    /// <summary>Scaled exponential linear unit: f(u) = 1.0507 u for u >= 0, 1.7581 (e^u - 1) below (Klambauer et al. 2017).</summary>
    SELU,

    /// <summary>Gaussian error linear unit: f(u) = u Phi(u), Phi the standard normal distribution function (Hendrycks and Gimpel 2016).</summary>
    GELU,

    /// <summary>Sigmoid-weighted linear unit, also called swish: f(u) = u / (1 + e^-u) (Elfwing et al. 2017).</summary>
    SiLU,

    /// <summary>Logistic function: f(u) = 1 / (1 + e^-u).</summary>
    Sigmoid,

    /// <summary>Hyperbolic tangent: f(u) = tanh u.</summary>
    Tanh,

    /// <summary>Smooth rectifier: f(u) = log(1 + e^u).</summary>
    Softplus,

    /// <summary>Self-regularized rectifier: f(u) = u tanh(log(1 + e^u)) (Misra 2019).</summary>
    Mish,
}
