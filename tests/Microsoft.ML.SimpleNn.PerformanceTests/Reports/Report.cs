using Microsoft.ML.SimpleNn.PerformanceTests.Plots;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A page of docs/benchmarks, in the folder of the machine.</summary>
internal abstract class Report
{
    /// <summary>Its name, for --only and for its file.</summary>
    public abstract string Name { get; }

    /// <summary>The heading of its page.</summary>
    public abstract string Title { get; }

    /// <summary>What is measured, in a sentence or two.</summary>
    public abstract string About { get; }

    /// <summary>The plots that the last run gave.</summary>
    public List<Plot> Plots { get; } = [];

    /// <summary>Measures.</summary>
    /// <returns>Tables in Markdown.</returns>
    public abstract string Run(Bench bench);
}
