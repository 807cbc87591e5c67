using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>What the other optimizers and activations cost, against Adam and ReLU.</summary>
internal sealed class OptimizerReport : Report
{
    private const int Rows = 128;

    private static readonly int[][] Networks = [[784, 100, 10], [784, 1000, 1000, 10]];

    private static readonly (string Name, Optimizer Optimizer)[] Optimizers =
    [
        ("AdamW", new AdamWOptimizer()), ("Adam with AmsGrad", new AdamOptimizer { AmsGrad = true }), ("SGD", new SgdOptimizer { Momentum = 0 }),
        ("SGD with momentum", new SgdOptimizer { Momentum = 0.9f }), ("SGD with Nesterov's momentum", new SgdOptimizer { Momentum = 0.9f, Nesterov = true }),
        ("AdaGrad", new AdaGradOptimizer()), ("RMSProp", new RmsPropOptimizer()), ("AdaDelta", new AdaDeltaOptimizer()),
    ];

    public override string Name => "optimizers";

    public override string Title => "Other optimizers and activations";

    public override string About =>
        "The time of a training step, divided by that of a step with Adam and ReLU.";

    public override string Run(Bench bench)
    {
        int[][] networks = [.. Networks.Where(sizes => bench.Wants(string.Join('-', sizes)))];
        var table = new MarkdownTable(["time of a step / that of Adam and ReLU", .. networks.Select(sizes => $"{string.Join('-', sizes)}, batch {Rows}")]);
        foreach ((string name, Optimizer optimizer) in Optimizers) AddRow(name, optimizer, Activation.ReLU);
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            if (activation != Activation.ReLU) AddRow(activation.ToString(), new AdamOptimizer(), activation);
        }

        return table.ToString();

        void AddRow(string name, Optimizer optimizer, Activation activation) =>
            table.Add([name, .. networks.Select(sizes => Cell.Ratio(Compare(bench, name, sizes, optimizer, activation)))]);
    }

    private static double Compare(Bench bench, string name, int[] sizes, Optimizer optimizer, Activation activation)
    {
        Contestant usual = new StepWorkload(new StepData(sizes, Rows), new AdamOptimizer()).CreateOurs(bench.MostThreads);
        Contestant other = new StepWorkload(new StepData(sizes, Rows, activation), optimizer).CreateOurs(bench.MostThreads);
        var variant = new Contestant(name, other.Threads, other.Run, other); // no result: it computes something else
        var baseline = new Contestant(Contestant.Ours, usual.Threads, usual.Run, usual);
        return bench.Compare($"{name}, {string.Join('-', sizes)}", tolerance: 0, baseline, variant).Ratio(name);
    }
}
