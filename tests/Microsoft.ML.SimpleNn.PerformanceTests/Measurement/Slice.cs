namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>A few runs of one contestant, one after the other.</summary>
/// <param name="Seconds">The time of one run.</param>
/// <param name="Undisturbed">Whether the system gave the threads their cores at once.</param>
internal readonly record struct Slice(double Seconds, bool Undisturbed);
