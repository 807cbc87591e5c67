using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Plots;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>Makes the reports that were asked for.</summary>
internal static class AllReports
{
    private static readonly Report[] Reports =
    [
        new StepReport(), new ProductReport(), new OptimizerReport(), new ScoringReport(), new SparseReport(), new MnistReport(), new GrowthReport(),
    ];

    /// <summary>Measures, prints, and writes pages of the documentation where that was asked for.</summary>
    /// <exception cref="FormatException">There is no such report.</exception>
    public static void Run(Arguments arguments, TextWriter output)
    {
        string[] wanted = arguments.Only.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Except(Reports.Select(report => report.Name)).FirstOrDefault() is string unknown)
            throw new FormatException($"There is no table {unknown}; there are {string.Join(", ", Reports.Select(report => report.Name))}.");

        using var bench = new Bench(arguments);
        MachinePages? pages = arguments.Docs == null ? null : new MachinePages(arguments.Docs, "benchmarks");
        Add("machine", "The machine and the versions", DescribeMachine(bench), []);
        foreach (Report report in Reports)
        {
            if (wanted.Length == 0 || wanted.Contains(report.Name)) Add(report.Name, report.Title, $"{report.About}\n\n{report.Run(bench)}{DescribePeak(bench)}", report.Plots);
        }

        void Add(string name, string title, string text, IEnumerable<Plot> plots)
        {
            output.WriteLine(text);
            pages?.Write(name, title, text, plots);
        }
    }

    /// <summary>The best multiply-add rates so far, of which the tables' shares are.</summary>
    private static string DescribePeak(Bench bench)
    {
        IEnumerable<string> rates = bench.Arguments.Threads.Order().Where(threads => bench.PeakOf(threads) > 0)
            .Select(threads => string.Create(CultureInfo.InvariantCulture, $"{bench.PeakOf(threads):0} GFLOP/s on {threads}"));
        return string.Create(CultureInfo.InvariantCulture, $"\nMultiply-adds, best rate seen: {string.Join(", ", rates)} threads; {DateTime.UtcNow:yyyy-MM-dd}.\n");
    }

    private static string DescribeMachine(Bench bench) =>
        $"{Machine.Describe()}. Beside: {string.Join("; ", bench.Peers.Select(peer => peer.Version).DefaultIfEmpty("nobody"))}.\n" +
        string.Concat(bench.Missing.Select(reason => $"\nNot there: {reason}\n"));
}
