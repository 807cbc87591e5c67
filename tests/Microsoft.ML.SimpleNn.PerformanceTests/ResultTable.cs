using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>Writes the figures as a table in Markdown, a row as soon as it is known.</summary>
internal sealed class ResultTable(TextWriter output)
{
    /// <summary>Fewer quiet rounds than this say nothing.</summary>
    private const int LeastQuietRounds = 5;

    /// <summary>Writes the head.</summary>
    public void WriteHead()
    {
        output.WriteLine("| workload | shape | threads | ours, us | peer, us | ours, GFLOP/s | peer, GFLOP/s | peer's time / ours | FMA peak, GFLOP/s | ours / peak | quiet rounds |");
        output.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    /// <summary>Writes a row; the peak is the best multiply-add rate on as many threads, in GFLOP/s.</summary>
    public void WriteRow(Workload workload, int threads, Summary summary, double peak)
    {
        bool enough = summary.Quiet.Count >= LeastQuietRounds;
        double oursRate = workload.Operations / summary.Ours / 1e9;
        double theirsRate = workload.Operations / summary.Theirs / 1e9;
        string[] cells =
        [
            workload.Name, workload.Shape, threads.ToString(CultureInfo.InvariantCulture),
            Cell(summary.Ours * 1e6, "0"), Cell(summary.Theirs * 1e6, "0"), Cell(oursRate, "0"), Cell(theirsRate, "0"),
            Cell(summary.Ratio, "0.00x"), Cell(peak, "0"), Cell(oursRate / peak, "0 %"),
            $"{summary.Quiet.Count} of {summary.Attempts}",
        ];
        output.WriteLine($"| {string.Join(" | ", cells)} |");

        string Cell(double value, string format) => enough && double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
    }
}
