namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>One size of a training that grows while the others stay.</summary>
/// <param name="Name">What grows.</param>
/// <param name="Values">Its values, ascending; those of a long run only come last.</param>
/// <param name="QuickValues">How many of them a quick run takes.</param>
/// <param name="Create">The training at a value.</param>
internal sealed record Sweep(string Name, int[] Values, int QuickValues, Func<int, EpochWorkload> Create)
{
    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<Sweep> All { get; } =
    [
        new("rows", [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000], 7, rows => new([20, 64, 2], rows, 128)),
        new("features", [10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000], 9, features => new([features, 100, 10], 1_280, 128)),
        new("hidden units", [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192], 11, units => new([784, units, 10], 2_560, 128)),
        new("batch", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192], 14, batch => new([784, 100, 10], 8_192, batch)),
        new("classes", [2, 10, 30, 100, 300, 1_000, 3_000, 10_000], 8, classes => new([100, 100, classes], 2_560, 128)),
    ];
}
