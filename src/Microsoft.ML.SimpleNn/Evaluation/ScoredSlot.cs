namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What an evaluator sees of a row in one slot of a vector: the label, which is known, the score and the weight of the row, above 0.</summary>
internal readonly record struct ScoredSlot(float Label, float Score, float Weight);
