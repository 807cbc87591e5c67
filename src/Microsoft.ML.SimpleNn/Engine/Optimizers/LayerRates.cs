namespace Microsoft.ML.SimpleNn;

/// <summary>What the learning rate is multiplied by for the parts of a network.</summary>
/// <param name="network">The network.</param>
/// <param name="parametrization">Which parts learn how fast.</param>
internal readonly struct LayerRates(Network network, Parametrization parametrization)
{
    private const double NeuralTangentBiases = 0.1, NeuralTangentGains = 6;

    /// <summary>For the gains of the input stage.</summary>
    public double Gains => parametrization == Parametrization.NeuralTangent ? NeuralTangentGains : 1;

    /// <summary>For all biases.</summary>
    public double Biases => parametrization == Parametrization.NeuralTangent ? NeuralTangentBiases : 1;

    /// <summary>For the weights of a layer.</summary>
    public double Weights(int layer) => parametrization == Parametrization.NeuralTangent ? 1 / Math.Sqrt(FanIn(network, layer)) : 1;

    /// <summary>The inputs of a layer that count.</summary>
    public static double FanIn(Network network, int layer) =>
        layer == 0 && network.InputStage is { } stage ? stage.InputsPerRow : network.Layers[layer].Inputs;
}
