using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Plots;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A network's outputs for a row, or for many.</summary>
internal sealed class ScoringReport : Report
{
    private static readonly string[] Sides = ["ONNX Runtime", "TorchSharp"];

    public override string Name => "scoring";

    public override string Title => "Scoring";

    public override string About =>
        "`Network.Predict` from array to array; ONNX Runtime the same; TorchSharp from tensor to tensor, in inference mode. Single " +
        "rows follow each other at once, so a large network uses all cores.";

    public override string Run(Bench bench)
    {
        var table = new MarkdownTable(["shape", "batch", "ours, us", "ours / peak", .. Sides.SelectMany(side => (string[])[$"{side} / ours", "its threads"]), "quiet rounds"]);
        var plot = new BarPlot("scoring-ratio", "Scoring: the peer's time / ours (log scale; to the right of 1 we are ahead)", Sides) { IsLogarithmic = true, Reference = 1 };
        foreach ((int[] sizes, int rows) in Shapes.Scoring)
        {
            var data = new StepData(sizes, rows);
            if (!bench.Wants(data.Name)) continue;
            var workload = new ScoringWorkload(data);
            Summary summary = bench.Compare(workload);
            table.Add([
                data.Shape, rows.ToString(CultureInfo.InvariantCulture), Cell.Microseconds(summary.Seconds()), Cell.Share(workload.Operations / summary.Seconds() / bench.Peak),
                .. Sides.SelectMany(side => (string[])[Cell.Ratio(summary.Ratio(side)), Cell.Threads(summary.Threads(side))]), summary.Quiet]);
            plot.Add(data.Name, [.. Sides.Select(summary.Ratio)]);
        }

        Plots.Add(plot);
        return table.ToString();
    }
}
