namespace Microsoft.ML.SimpleNn;

/// <summary>What a workspace needs room for besides the rows of a minibatch.</summary>
/// <param name="TargetsPerRow">The values of a row's target.</param>
/// <param name="TakesDense">Whether there are dense rows.</param>
/// <param name="MaximumValues">The most values of a minibatch of sparse rows; null where there are none.</param>
/// <param name="SparseGradients">Whether gradients are computed for sparse rows.</param>
internal readonly record struct MinibatchRoom(int TargetsPerRow, bool TakesDense, int? MaximumValues, bool SparseGradients);
