namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Mean and standard deviation of each target over a set of rows, each row counting with its weight; NaN and 0 for a target that is never given.
/// </summary>
/// <param name="Mean">The means; NaN for a target that is never given.</param>
/// <param name="Deviation">The standard deviations, of the population; 0 for a target that is never given or never changes.</param>
internal sealed record TargetStatistics(double[] Mean, double[] Deviation);
