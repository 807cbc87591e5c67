using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What a task adds to the options of its trainer, where they leave something open.</summary>
/// <param name="Loss">The loss that the training makes small; it also turns the network's outputs into predictions.</param>
/// <param name="Optimizer">The optimizer: that of the options, or where they leave the default the one that suits the loss.</param>
internal sealed record TaskRecipe(Loss Loss, Optimizer Optimizer)
{
    /// <summary>Whether numbers to predict are standardised inside the network.</summary>
    public bool NormalizeTargets { get; init; }

    /// <summary>With which probability an interval, or a set of classes, is to have the label; null for neither.</summary>
    public float? Coverage { get; init; }

    /// <summary>The fraction of hidden units that is dropped where the options drop none.</summary>
    public float Dropout { get; init; }

    /// <summary>The fewest epochs that are chosen where the options name none.</summary>
    public int FewestEpochs { get; init; } = SimpleNnDefaults.FewestEpochs;

    /// <summary>The fraction of so many training rows to hold out where the options do not say.</summary>
    public Func<long, double> ValidationFraction { get; init; } = SimpleNnDefaults.ValidationFractionFor;
}
