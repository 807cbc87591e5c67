namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>A single result.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Group">Its group.</param>
/// <param name="Trainer">Who learnt it.</param>
/// <param name="Seed">With which seed.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The result.</param>
/// <param name="Seconds">The time of Fit.</param>
internal sealed record Figure(string Set, string Group, string Trainer, int Seed, string Measure, double Value, double Seconds);
