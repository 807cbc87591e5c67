namespace Microsoft.ML.SimpleNn;

/// <summary>The part of a set's storage that dense and sparse rows have in common, where the arrays are longer than the rows.</summary>
/// <param name="Rows">The rows in use.</param>
/// <param name="Targets">[at least rows x targets of a row]; null where each row's features are its targets.</param>
/// <param name="TargetsPerRow">The targets of a row.</param>
/// <param name="Weights">[at least rows], each above 0 and finite.</param>
/// <param name="MeanWeight">What weights are divided by.</param>
internal readonly record struct RowStorage(int Rows, float[]? Targets, int TargetsPerRow, float[] Weights, double MeanWeight);
