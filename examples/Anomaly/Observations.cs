namespace Anomaly;

/// <summary>Rows to learn from, almost all of them normal, and rows to test with.</summary>
/// <param name="FeatureNames">The names of the features.</param>
/// <param name="Training">The rows to learn from.</param>
/// <param name="Test">The rows to test with.</param>
/// <param name="Contamination">The fraction of the rows to take for anomalies.</param>
/// <param name="Encoder">The layers down to the bottleneck, which has fewer units than a row has features.</param>
internal sealed record Observations(string[] FeatureNames, Observation[] Training, Observation[] Test, double Contamination, int[] Encoder);
