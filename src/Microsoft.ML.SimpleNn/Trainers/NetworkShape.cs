using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The layers that the options ask for, between the features and the outputs of the task.</summary>
internal static class NetworkShape
{
    /// <summary>A network of the asked shape, all weights 0.</summary>
    public static Network Create(IExceptionContext context, int features, int outputs, SimpleNnOptionsBase options)
    {
        int[] sizes = [features, .. options.HiddenLayers, outputs];
        var layers = new DenseLayer[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
        {
            if ((long)sizes[i] * sizes[i + 1] > NetworkLimits.WeightsPerLayer)
                throw context.Except($"A layer of {sizes[i]} inputs and {sizes[i + 1]} outputs has {(long)sizes[i] * sizes[i + 1]} weights, more than the {NetworkLimits.WeightsPerLayer} that a layer may have: " +
                    $"use fewer features, fewer units in {nameof(options.HiddenLayers)} or fewer classes.");
            layers[i] = new DenseLayer(sizes[i], sizes[i + 1], i < layers.Length - 1 ? options.Activation : Activation.Identity);
        }
        return new Network(layers);
    }

    /// <summary>Throws when a network has not the shape that <see cref="Create"/> would give.</summary>
    public static void CheckSame(IExceptionContext context, Network network, int features, int outputs, SimpleNnOptionsBase options)
    {
        string given = Describe([network.Inputs, .. network.Layers.Select(layer => layer.Outputs)], network.Layers.SkipLast(1).Select(layer => layer.Activation));
        string asked = Describe([features, .. options.HiddenLayers, outputs], options.HiddenLayers.Select(_ => options.Activation));
        if (given != asked)
            throw context.Except($"The given model cannot be trained further: its network is {given}, but data and options ask for {asked}. " +
                "Give the trainer the hidden layers and the activation of the model, and data with the same features and classes.");
    }

    private static string Describe(int[] sizes, IEnumerable<Activation> activations)
    {
        Activation[] distinct = activations.Distinct().ToArray();
        return $"{string.Join("-", sizes)}{(distinct.Length == 0 ? "" : $" with {string.Join("/", distinct)}")}";
    }
}
