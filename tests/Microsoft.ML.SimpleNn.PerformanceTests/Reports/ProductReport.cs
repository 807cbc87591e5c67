using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>The three products of a dense layer, one by one.</summary>
internal sealed class ProductReport : Report
{
    private static readonly (int Inputs, int Outputs)[] Layers = [(784, 100), (784, 1000), (4096, 4096)];
    private static readonly int[] Batches = [32, 128, 1024];

    public override string Name => "products";

    public override string Title => "Matrix products";

    public override string About =>
        "The three products of one layer, each by itself.";

    public override string Run(Bench bench)
    {
        var table = new MarkdownTable([
            "layer", "batch", .. ((string[])["Y = relu(X Wᵀ + b)", "dX = dY W", "dW = dYᵀ X"]).SelectMany(name => (string[])[$"{name}: ours, GFLOP/s", "ours / peak", "TorchSharp / ours"]), "quiet rounds"]);
        foreach ((int inputs, int outputs) in Layers)
        {
            foreach (int rows in Batches)
            {
                string shape = $"{inputs}x{outputs}";
                if (!bench.Wants($"{shape}, batch {rows}")) continue;
                var data = new LayerData(rows, inputs, outputs);
                var cells = new List<string> { shape, rows.ToString(CultureInfo.InvariantCulture) };
                var quiet = new List<string>();
                foreach (Product product in Enum.GetValues<Product>())
                {
                    var workload = new ProductWorkload(product, data);
                    Summary summary = bench.Compare(workload);
                    double rate = workload.Operations / summary.Seconds();
                    cells.AddRange([Cell.Count(rate / 1e9), Cell.Share(rate / bench.Peak), Cell.Ratio(summary.Ratio("TorchSharp"))]);
                    quiet.Add(summary.Quiet);
                }

                table.Add([.. cells, string.Join(", ", quiet)]);
            }
        }

        return table.ToString();
    }
}
