namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>One slice of each side, one after the other, and how fast the processor was around them.</summary>
/// <param name="Ours">Seconds of one run of ours.</param>
/// <param name="Theirs">Seconds of one run of the peer's; NaN without a peer.</param>
/// <param name="Peak">The lowest multiply-add rate measured before, between and after the slices, in GFLOP/s.</param>
internal readonly record struct Round(double Ours, double Theirs, double Peak);
