namespace Microsoft.ML.SimpleNn;

/// <summary>What training may do to a loss's targets, and undo in the last layer, without changing what is best.</summary>
internal enum TargetUnit
{
    /// <summary>Nothing: the targets are probabilities or classes.</summary>
    AsGiven,

    /// <summary>Move them to mean 0 and stretch them to deviation 1: the last layer then gives mean + deviation z.</summary>
    Standardised,

    /// <summary>Divide them by their mean: the network gives logarithms, and the last layer then gives z + log mean.</summary>
    DividedByMean,
}
