using Microsoft.ML.SimpleNn.PerformanceTests.Plots;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A section of docs/BENCHMARKS.md.</summary>
internal abstract class Report
{
    /// <summary>Its name, for --only and for its place in the file.</summary>
    public abstract string Name { get; }

    /// <summary>The plots that the last run gave.</summary>
    public List<Plot> Plots { get; } = [];

    /// <summary>Measures.</summary>
    /// <returns>Tables in Markdown.</returns>
    public abstract string Run(Bench bench);
}
