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
        for (int i = 1; i < sizes.Length; i++)
        {
            if (!NetworkLimits.Allow(sizes[i - 1], sizes[i]))
                throw context.Except($"A layer of {sizes[i - 1]} inputs and {sizes[i]} outputs has more than the about {NetworkLimits.WeightsPerLayer} weights that a layer may have: " +
                    $"use fewer features, fewer units in {nameof(options.HiddenLayers)} or fewer classes.");
        }
        return Network.Create(features, options.HiddenLayers, outputs, options.Activation);
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
