namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How much a feature matters to a model: the mean, over rows, of the size of its contribution to the score.</summary>
/// <param name="Slot">The slot of the feature in the feature column, from 0.</param>
/// <param name="Name">The name of the slot; empty where it has none.</param>
/// <param name="MeanContribution">The mean of the contribution's absolute value, 0 or more, in the unit of the score.</param>
public readonly record struct FeatureImportance(int Slot, string Name, double MeanContribution);
