using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Options that differ from the defaults.</summary>
/// <param name="Name">What is different.</param>
/// <param name="Configure">Sets the options.</param>
internal sealed record Variant(string Name, Action<SimpleNnOptionsBase> Configure);
