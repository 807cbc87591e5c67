namespace Microsoft.ML.SimpleNn;

/// <summary>Refuses what cannot be trained: rows that do not fit the network, and options that do not go together.</summary>
internal static class TrainingChecks
{
    /// <summary>Throws when a run cannot begin.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="validation">Rows to judge by; null for none.</param>
    /// <param name="options">What to do.</param>
    /// <exception cref="ArgumentException">There is no row, the data do not fit the network, or options do not go together.</exception>
    public static void Check(Network network, ExampleSource training, ExampleSource? validation, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        if (training.RowCount == 0) throw new ArgumentException("There are no rows to learn from.", nameof(training));
        CheckFits(network, training, options.Loss, nameof(training));
        if (validation is { RowCount: > 0 }) CheckFits(network, validation, options.Loss, nameof(validation));
        if (options.NormalizeTargets && network.Layers[^1].Activation != Activation.Identity)
            throw new ArgumentException(
                "Targets can be standardised only where the last layer has no activation, since it takes the standardisation in.", nameof(options));
        if (options.NormalizeTargets && training.TargetsAreFeatures)
            throw new ArgumentException(
                "The targets of an autoencoder are its features, which NormalizeFeatures standardises on both sides: leave NormalizeTargets false.",
                nameof(options));
        if (options.Optimizer is IFullBatchMethod && options.UnfitForFullBatch is string option)
            throw new ArgumentException(
                $"L-BFGS compares the loss from step to step and begins each run afresh, so that {option} does not go with it: " +
                "leave that out, or take another optimizer.", nameof(options));
        if (options.ImageDistortion != null) CheckImages(training, options);
        if (options.MonotoneDirections != null) CheckMonotone(network, training, options.MonotoneDirections);
    }

    private static void CheckMonotone(Network network, ExampleSource training, IReadOnlyList<int> directions)
    {
        const string Option = nameof(TrainingOptions.MonotoneDirections);
        if (directions.Count != network.Inputs)
            throw new ArgumentException($"{Option} has {directions.Count} numbers, but the network takes {network.Inputs} features: give one of each.");
        if (directions.FirstOrDefault(direction => direction is < -1 or > 1) is var wrong and not 0)
            throw new ArgumentException($"A direction of {Option} is {wrong}: it must be 1, -1 or 0.");
        if (training.TargetsAreFeatures)
            throw new ArgumentException($"{Option} does not go with an autoencoder, whose outputs are the features: leave it out.");
        if (training.IsSparse)
            throw new ArgumentException($"{Option} needs dense rows, since sparse ones leave weights as they are: give dense rows, or leave it out.");
        if (network.Layers.FirstOrDefault(layer => !MonotoneConstraints.Allows(layer.Activation)) is { } layer)
            throw new ArgumentException($"{Option} does not go with the activation {layer.Activation}, which does not keep the order of all numbers: take " +
                $"{Activation.ReLU}, {Activation.LeakyReLU} or {Activation.Identity}.");
    }

    private static void CheckImages(ExampleSource training, TrainingOptions options)
    {
        const string Option = nameof(TrainingOptions.ImageDistortion), Shape = nameof(TrainingOptions.ImageShape);
        if (options.ImageShape is not { } shape || shape.Length == 0)
            throw new ArgumentException(
                $"{Option} needs to know how the pixels lie in a row: set {Shape}, for example to new ImageShape(28, 28).", nameof(options));
        if (shape.Length != training.FeatureCount)
            throw new ArgumentException(
                $"{Shape} is {shape.Height} x {shape.Width} pixels of {shape.Channels}, but the rows have {training.FeatureCount} features: " +
                $"set it to the images' shape, or leave {Option} out.", nameof(options));
        if (training.IsSparse)
            throw new ArgumentException(
                $"{Option} moves all pixels of an image, so that sparse rows do not go with it: give dense rows, or leave it out.", nameof(options));
        if (training.TargetsAreFeatures)
            throw new ArgumentException(
                $"{Option} does not go with an autoencoder, which learns what its rows are like as they are: leave it out.", nameof(options));
    }

    private static void CheckFits(Network network, ExampleSource examples, Loss loss, string name)
    {
        if (examples.FeatureCount != network.Inputs)
            throw new ArgumentException($"The rows have {examples.FeatureCount} features, but the network takes {network.Inputs}.", name);
        int targets = loss.TargetsPerRow(network.Outputs);
        if (examples.TargetsPerRow != targets)
            throw new ArgumentException($"The rows have {examples.TargetsPerRow} targets, but the loss needs {targets} for {network.Outputs} outputs.", name);
    }
}
