using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A training step on sparse rows beside one on dense rows of as many features.</summary>
internal sealed class SparseReport : Report
{
    private const int Features = 100_000;
    private const int Values = 100;
    private const int HiddenUnits = 100;
    private const int BatchSize = 128;
    private const int Rows = 400 * BatchSize;

    /// <summary>A slice that goes through the rows for longer than the caches remember what the last one left there.</summary>
    private const int StepsPerRun = 20;

    private const string Dense = "dense";

    public override string Name => "sparse";

    public override string Title => "Steps on sparse and on dense rows";

    public override string About =>
        "A step on sparse rows, with the gathering of the minibatch, beside a step on dense rows of as many features.";

    public override string Run(Bench bench)
    {
        var table = new MarkdownTable("indices", "ours, rows/s", "us a step", "threads", "our dense step / ours", "TorchSharp's dense step / ours", "quiet rounds");
        var dense = new StepData([Features, HiddenUnits, 2], BatchSize);
        foreach (bool zipf in new[] { false, true })
        {
            string indices = zipf ? "Zipf" : "uniform";
            SparseExamples examples = SparseData.Create(Rows, Features, Values, zipf);
            var contestants = new List<Contestant>();
            foreach (int threads in bench.Arguments.Threads)
            {
                contestants.Add(SparseStep.Create(examples, HiddenUnits, BatchSize, StepsPerRun, threads));
                Contestant step = new StepWorkload(dense, new AdamOptimizer()).CreateOurs(threads);
                contestants.Add(new Contestant(Dense, threads, step.Run, step));
                foreach (IPeer peer in bench.Peers.Where(peer => peer.Name == "TorchSharp")) contestants.Add(peer.CreateStep(dense, withOptimizer: true, threads)!);
            }

            Summary summary = bench.Compare($"sparse rows, {indices}", tolerance: 0, [.. contestants]);
            table.Add(
                indices, Cell.Count(BatchSize / summary.Seconds()), Cell.Microseconds(summary.Seconds()), Cell.Threads(summary.Threads()),
                Cell.Ratio(summary.Ratio(Dense)), Cell.Ratio(summary.Ratio("TorchSharp")), summary.Quiet);
        }

        return $"{Features:N0} features, of which a row has {Values}; {HiddenUnits} hidden units, batch {BatchSize}, Adam.\n\n{table}";
    }
}
