using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The layers that the options ask for, between the features and the outputs of the task.</summary>
internal static class NetworkShape
{
    /// <summary>The network at hand, the one that each run begins with, and the best so far.</summary>
    private const int CopiesInTraining = 3;

    private const double Gigabyte = 1e9;

    /// <summary>
    /// The features, the units of each layer of a network for some rows, and its outputs. An autoencoder has the encoder's layers in reverse after them.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="hiddenLayers">The units of each hidden layer; those of an autoencoder's encoder.</param>
    public static int[] SizesOf(TrainingRows rows, int[] hiddenLayers)
    {
        int[] decoder = rows.Targets.TargetsAreFeatures ? [.. hiddenLayers.SkipLast(1).Reverse()] : [];
        return [rows.Training.FeatureCount, .. hiddenLayers, .. decoder, rows.Targets.Outputs];
    }

    /// <summary>
    /// A network of the asked shape, all weights 0. Of an autoencoder the bottleneck, the last of the encoder's layers, is linear, as the last layer of every
    /// network is.
    /// </summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="options">The options, which name the activation.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="hiddenLayers">The units of each hidden layer; those of an autoencoder's encoder.</param>
    public static Network Create(IExceptionContext context, SimpleNnOptionsBase options, TrainingRows rows, int[] hiddenLayers)
    {
        int[] sizes = SizesOf(rows, hiddenLayers);
        CheckLayers(context, sizes);
        int bottleneck = rows.Targets.TargetsAreFeatures ? hiddenLayers.Length - 1 : -1;
        var layers = new DenseLayer[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = new DenseLayer(sizes[i], sizes[i + 1], i == bottleneck || i == layers.Length - 1 ? Activation.Identity : options.Activation);
        return new Network(layers);
    }

    private static void CheckLayers(IExceptionContext context, int[] sizes)
    {
        for (int i = 1; i < sizes.Length; i++)
        {
            if (!NetworkLimits.Allow(sizes[i - 1], sizes[i]))
                throw context.Except($"A layer of {sizes[i - 1]} inputs and {sizes[i]} outputs has more than the about {NetworkLimits.WeightsPerLayer} " +
                    $"weights that a layer may have: " +
                    $"use fewer features, fewer units in {nameof(SimpleNnOptionsBase.HiddenLayers)} or fewer classes.");
        }
    }

    /// <summary>Throws when a layer is too large, or training the network would take more memory than the process may use; before any of it is taken.</summary>
    /// <param name="context">Where errors come from.</param>
    /// <param name="sizes">The features, the units of each hidden layer, and the outputs.</param>
    /// <param name="optimizer">What remembers some numbers for each weight.</param>
    /// <param name="available">The bytes that the process may use.</param>
    public static void CheckSizes(IExceptionContext context, int[] sizes, Optimizer optimizer, long available)
    {
        CheckLayers(context, sizes);
        double weights = 0;
        for (int i = 1; i < sizes.Length; i++)
            weights += (sizes[i - 1] + 1.0) * NetworkLimits.Padded(sizes[i]);
        double copies = CopiesInTraining + optimizer.SlotCount, bytes = sizeof(float) * weights * copies;
        if (bytes <= available)
            return;
        throw context.Except(FormattableString.Invariant($"A network of {string.Join("-", sizes)} has {weights:N0} weights, ") +
            FormattableString.Invariant($"and training it takes {bytes / Gigabyte:F1} GB: ") +
            FormattableString.Invariant($"the weights {CopiesInTraining} times, as they are, as they began and as they were best, ") +
            FormattableString.Invariant($"and {optimizer.SlotCount} numbers for each that {optimizer.GetType().Name} remembers. ") +
            FormattableString.Invariant($"This process may use {available / Gigabyte:F1} GB. ") +
            $"Use fewer features (a hash of fewer bits, a shorter dictionary), fewer units in {nameof(SimpleNnOptionsBase.HiddenLayers)}, fewer classes, or " +
            $"an optimizer that remembers less, such as new {nameof(SgdOptimizer)} {{ Momentum = 0 }}.");
    }

    /// <summary>Throws when an earlier model's network has not the shape of the one that data and options ask for.</summary>
    public static void CheckSame(IExceptionContext context, Network earlier, Network asked)
    {
        string given = Describe(earlier), wanted = Describe(asked);
        if (given != wanted)
            throw context.Except($"The given model cannot be trained further: its network is {given}, but data and options ask for {wanted}. " +
                "Give the trainer the hidden layers and the activation of the model, and data with the same features and as many classes or numbers " +
                "in the label.");
    }

    /// <summary>
    /// Gives a network a last layer that computes the same for every row. The layers before it are drawn as for a training, so that the network can be trained
    /// further.
    /// </summary>
    /// <param name="network">The network, of one output.</param>
    /// <param name="stage">What it sees of the features; null for the features as they are.</param>
    /// <param name="output">What it computes.</param>
    /// <param name="seed">Decides the weights.</param>
    public static Network MakeConstant(Network network, InputStage? stage, float output, int seed)
    {
        network.SetInputStage(stage);
        network.InitializeNeuralTangent(seed);
        network.Layers[^1].SetBiases([output]);
        return network;
    }

    /// <summary>The units of a network's hidden layers.</summary>
    public static int[] HiddenLayersOf(Network network) => [.. network.Layers.SkipLast(1).Select(layer => layer.Outputs)];

    private static string Describe(Network network)
    {
        Activation[] activations = network.Layers.SkipLast(1).Select(layer => layer.Activation).Distinct().ToArray();
        string sizes = string.Join("-", network.Layers.Select(layer => layer.Outputs).Prepend(network.Inputs));
        return $"{sizes}{(activations.Length == 0 ? "" : $" with {string.Join("/", activations)}")}";
    }
}
