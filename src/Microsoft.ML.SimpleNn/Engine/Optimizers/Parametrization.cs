namespace Microsoft.ML.SimpleNn;

/// <summary>How the weights of a network are drawn, and which of them learn how fast.</summary>
public enum Parametrization
{
    /// <summary>One learning rate for all weights and biases, and the initializer that suits each layer's activation.</summary>
    Standard,

    /// <summary>
    /// That of the neural tangent kernel (Jacot et al. 2018; with the rates and the start of D. Holzmueller et al. 2024, Better by Default): the weights of a
    /// layer of n inputs
    /// are drawn with variance 1 / n and learn at LearningRate / sqrt(n), its biases are drawn with variance 1 and learn at LearningRate / 10, the last layer
    /// starts at zero,
    /// and the gains of the network's <see cref="InputStage"/> learn at 6 times LearningRate. One rate then suits networks of all sizes.
    /// </summary>
    NeuralTangent,
}
