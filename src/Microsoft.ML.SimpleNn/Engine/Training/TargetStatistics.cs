namespace Microsoft.ML.SimpleNn;

/// <summary>Mean and standard deviation of each target over a set of rows, each row counting with its weight; 0 for a target that is never given.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations, of the population.</param>
internal sealed record TargetStatistics(double[] Mean, double[] Deviation);
