namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>The networks and minibatches that are measured: a small and a large one on pictures, one that fits no cache, one that is tiny.</summary>
internal static class Shapes
{
    /// <summary>For training.</summary>
    public static IEnumerable<(int[] Sizes, int Rows)> Training { get; } =
    [
        .. All([784, 100, 10], 32, 128, 256, 1024),
        .. All([784, 1000, 1000, 10], 32, 128, 256, 1024),
        .. All([4096, 4096, 10], 32, 256),
        .. All([4, 10, 3], 32, 256),
    ];

    /// <summary>For scoring.</summary>
    public static IEnumerable<(int[] Sizes, int Rows)> Scoring { get; } =
    [
        .. All([784, 100, 10], 1, 32, 256, 1024),
        .. All([784, 1000, 1000, 10], 1, 32, 256, 1024),
        .. All([4096, 4096, 10], 1, 32, 256, 1024),
        .. All([4, 10, 3], 1, 32, 256, 1024),
    ];

    private static IEnumerable<(int[] Sizes, int Rows)> All(int[] sizes, params int[] rows) => rows.Select(count => (sizes, count));
}
