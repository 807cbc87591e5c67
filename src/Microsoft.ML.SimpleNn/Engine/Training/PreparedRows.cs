namespace Microsoft.ML.SimpleNn;

/// <summary>The rows of a run, without those of weight 0.</summary>
/// <param name="Training">The rows to learn from.</param>
/// <param name="Validation">Rows to judge by; null for none.</param>
/// <param name="TargetScaling">Standardises their targets; null leaves them.</param>
internal sealed record PreparedRows(ExampleSource Training, ExampleSource? Validation, TargetScaling? TargetScaling = null);
