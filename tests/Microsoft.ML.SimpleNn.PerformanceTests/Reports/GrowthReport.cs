using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Plots;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>How the time of an epoch grows with each size of a training.</summary>
internal sealed class GrowthReport : Report
{
    /// <summary>By this much the time's exponent may pass the work's before the row is flagged: less is within what a measurement wavers.</summary>
    private const double Tolerance = 0.1;

    public override string Name => "growth";

    public override string Title => "How cost grows";

    public override string About =>
        "The fastest epoch of the training loop, with Adam and with the gathering of minibatches; random rows and classes.";

    public override string Run(Bench bench)
    {
        var exponents = new MarkdownTable("what grows", "the rest", "from", "to", "an epoch from, ms", "to, ms", "time's exponent", "work's exponent", "remark");
        var points = new MarkdownTable("what grows", "size", "an epoch, ms", "rows/s", "GFLOP/s");
        var plot = new LinePlot("growth", "Time of an epoch in seconds against what grows (both logarithmic; dashed: proportional)");
        foreach (Sweep sweep in Sweep.All.Where(sweep => bench.Wants(sweep.Name)))
        {
            int[] sizes = bench.Arguments.Long ? sweep.Values : sweep.Values[..sweep.QuickValues];
            EpochWorkload[] workloads = Array.ConvertAll(sizes, size => sweep.Create(size));
            double[] seconds = new double[sizes.Length];
            for (int i = 0; i < sizes.Length; i++)
            {
                Console.Error.WriteLine($"{sweep.Name}, {sizes[i]}");
                EpochWorkload workload = workloads[i];
                seconds[i] = bench.Fastest(bench.MostThreads, () => workload.Measure(bench.MostThreads));
                GC.Collect();
                points.Add(sweep.Name, Cell.Count(sizes[i]), Cell.Milliseconds(seconds[i]), Cell.Count(workloads[i].Rows / seconds[i]), Cell.Digits(workloads[i].Operations / seconds[i] / 1e9));
            }

            int[] upper = UpperHalf(sizes);
            double time = Statistics.Exponent([.. upper.Select(i => ((double)sizes[i], seconds[i]))]);
            double work = Statistics.Exponent([.. upper.Select(i => ((double)sizes[i], workloads[i].Operations))]);
            exponents.Add(
                sweep.Name, DescribeRest(sweep), Cell.Count(sizes[0]), Cell.Count(sizes[^1]), Cell.Milliseconds(seconds[0]), Cell.Milliseconds(seconds[^1]),
                Exponent(time), Exponent(work), time > work + Tolerance ? "**grows faster than the work**" : "-");
            plot.Add(sweep.Name, isProportional: work > 0.5, [.. sizes.Zip(seconds, (size, second) => ((double)size, second))]);
        }

        Plots.Add(plot);
        return $"{bench.MostThreads} threads; the exponents are fitted over the upper half of each range.\n\n{exponents}\n{points}\n{Threads(bench)}";
    }

    /// <summary>Those of the upper half of the range, which on a logarithmic axis begins at the root of smallest times largest.</summary>
    private static int[] UpperHalf(int[] sizes) => [.. Enumerable.Range(0, sizes.Length).Where(i => (double)sizes[i] * sizes[i] >= (double)sizes[0] * sizes[^1])];

    private static string DescribeRest(Sweep sweep)
    {
        EpochWorkload one = sweep.Create(sweep.Values[0]), other = sweep.Create(sweep.Values[1]);
        string shape = string.Join('-', one.Sizes.Zip(other.Sizes, (a, b) => a == b ? a.ToString(CultureInfo.InvariantCulture) : "n"));
        return string.Create(CultureInfo.InvariantCulture, $"{shape}{(one.Rows == other.Rows ? $", {one.Rows:N0} rows" : "")}{(one.BatchSize == other.BatchSize ? $", batch {one.BatchSize}" : "")}");
    }

    private static string Exponent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static MarkdownTable Threads(Bench bench)
    {
        var table = new MarkdownTable("network, batch 128", "threads", "an epoch of 12,800 rows, ms", "one thread's time / this");
        foreach (int[] sizes in (int[][])[[784, 100, 10], [784, 1000, 1000, 10]])
        {
            var workload = new EpochWorkload(sizes, 12_800, 128);
            double alone = bench.Fastest(threads: 1, () => workload.Measure(threads: 1));
            for (int threads = 1; threads <= Environment.ProcessorCount; threads *= 2)
            {
                int count = threads;
                double seconds = threads == 1 ? alone : bench.Fastest(count, () => workload.Measure(count));
                table.Add(string.Join('-', sizes), Cell.Threads(threads), Cell.Milliseconds(seconds), Cell.Ratio(alone / seconds));
            }
        }

        return table;
    }
}
