namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>One slice of each contestant, one after the other, and how fast the processor was around them.</summary>
/// <param name="Seconds">Of each contestant: the seconds of the workload, once.</param>
/// <param name="Rates">Of each contestant: the lower of the multiply-add rates before and after its slice, in GFLOP/s.</param>
internal sealed record Round(double[] Seconds, double[] Rates);
