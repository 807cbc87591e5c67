using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Plots;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A training step with Adam, and without an optimizer: the arithmetic of the gradients alone.</summary>
internal sealed class StepReport : Report
{
    public override string Name => "steps";

    public override string Title => "Training steps";

    public override string About =>
        "Forward, softmax cross-entropy, backward and Adam, on one minibatch over and over. \"No optimizer\" leaves Adam out on both " +
        "sides. scikit-learn's step is `MLPClassifier.partial_fit` with rows in single precision.";

    public override string Run(Bench bench)
    {
        var table = new MarkdownTable(
            "shape", "batch", "ours, us", "threads", "ours / peak", "TorchSharp / ours", "its threads", "scikit-learn / ours",
            "no optimizer: ours, us", "ours / peak", "TorchSharp / ours", "quiet rounds");
        var ratios = new BarPlot("steps-ratio", "Training step: the peer's time / ours (log scale; to the right of 1 we are ahead)", ["TorchSharp", "TorchSharp, no optimizer", "scikit-learn"]) { IsLogarithmic = true, Reference = 1 };
        var shares = new BarPlot("steps-peak", "Training step: share of the peak multiply-add rate, percent", ["with Adam", "no optimizer"]) { Maximum = 100 };
        foreach ((int[] sizes, int rows) in Shapes.Training)
        {
            var data = new StepData(sizes, rows);
            if (!bench.Wants(data.Name)) continue;
            var step = new StepWorkload(data, new AdamOptimizer());
            Summary adam = bench.Compare(step), bare = bench.Compare(new StepWorkload(data, optimizer: null));
            double share = step.Operations / adam.Seconds() / bench.Peak, bareShare = step.Operations / bare.Seconds() / bench.Peak;
            double torch = adam.Ratio("TorchSharp"), bareTorch = bare.Ratio("TorchSharp"), scikit = adam.Ratio("scikit-learn");
            table.Add(
                data.Shape, rows.ToString(CultureInfo.InvariantCulture), Cell.Microseconds(adam.Seconds()), Cell.Threads(adam.Threads()), Cell.Share(share),
                Cell.Ratio(torch), Cell.Threads(adam.Threads("TorchSharp")), Cell.Ratio(scikit),
                Cell.Microseconds(bare.Seconds()), Cell.Share(bareShare), Cell.Ratio(bareTorch), $"{adam.Quiet}, {bare.Quiet}");
            ratios.Add(data.Name, torch, bareTorch, scikit);
            shares.Add(data.Name, share * 100, bareShare * 100);
        }

        Plots.AddRange([ratios, shares]);
        return table.ToString();
    }
}
