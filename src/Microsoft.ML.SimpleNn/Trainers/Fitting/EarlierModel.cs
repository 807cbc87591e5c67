using Microsoft.ML.Runtime;
using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>A model that is trained further: what of it fits the data and the options at hand.</summary>
internal static class EarlierModel
{
    /// <summary>Its networks, with the outputs in the order of the data.</summary>
    /// <param name="host">Where errors come from.</param>
    /// <param name="channel">Where warnings go.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="networks">The networks of the model.</param>
    /// <param name="names">The names of its outputs; null where it has none.</param>
    public static IReadOnlyList<TrainedNetwork> Fit(
        IHost host, IChannel channel, SimpleNnOptionsBase options, TrainingRows rows, IReadOnlyList<TrainedNetwork> networks, IReadOnlyList<string>? names)
    {
        if (networks.Count != options.NumberOfNetworks)
            throw host.Except($"The given model cannot be trained further: it has {networks.Count} {(networks.Count == 1 ? "network" : "networks")}, but " +
                $"{nameof(options.EnsembleSize)} is {options.NumberOfNetworks}. " +
                $"Set {nameof(options.EnsembleSize)} to {networks.Count}.");
        TargetReader targets = rows.Targets;
        IReadOnlyList<string>? wanted = targets.OutputNames;
        int[]? order = OutputOrder.Match(host, targets.Column.Name, names, wanted);
        foreach (TrainedNetwork trained in networks)
        {
            int[] hiddenLayers = options.HiddenLayers ?? NetworkShape.HiddenLayersOf(trained.Network);
            NetworkShape.CheckSame(host, trained.Network, NetworkShape.Create(host, options, rows, hiddenLayers));
        }

        if (targets.TargetsAreClasses && (names is null) != (wanted is null))
        {
            string ofModel = "the given model", ofLabel = $"label column '{targets.Column.Name}'";
            (string without, string with) = names is null ? (ofModel, ofLabel) : (ofLabel, ofModel);
            channel.Warning(MessageSensitivity.Schema, $"The classes of {without} have no names, so that they are taken to be in the same order as " +
                $"those of {with}.");
        }

        return order is null ? networks : [.. networks.Select(trained => OutputOrder.Reorder(trained, order))];
    }

    /// <summary>What the optimizer remembers at the start; null where nothing is carried over and nobody wants it kept.</summary>
    /// <param name="job">The training.</param>
    /// <param name="network">The network that begins it.</param>
    /// <param name="earlier">The network that it goes on from; null for none.</param>
    public static OptimizerState? StateFor(TrainingJob job, Network network, TrainedNetwork? earlier)
    {
        OptimizerState? carried = earlier?.OptimizerState;
        if (carried is null && !job.Options.KeepOptimizerState)
            return null;
        Optimizer optimizer = job.Recipe.Optimizer;
        OptimizerState state = optimizer.CreateState(network);
        if (carried is not null && carried.Fits(optimizer))
            state.CopyFrom(carried);
        else if (carried is not null)
            job.Channel.Warning(MessageSensitivity.None, $"The given model carries the state of an optimizer of the kind {carried.Kind} with " +
                $"{carried.SlotCount} numbers for each weight, " +
                $"but the {optimizer.GetType().Name} of this trainer remembers {optimizer.SlotCount}, of the kind {optimizer.Kind}: it starts afresh.");
        return state;
    }
}
