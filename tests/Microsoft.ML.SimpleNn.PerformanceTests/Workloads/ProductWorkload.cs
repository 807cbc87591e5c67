using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>One of the three products of a dense layer.</summary>
internal sealed class ProductWorkload(Product product, LayerData data) : Workload
{
    public override string Name => $"{product}, {data.Inputs}x{data.Outputs}, batch {data.Rows}";

    public override double Operations => 2.0 * data.Rows * data.Inputs * data.Outputs;

    public override Contestant CreateOurs(int threads)
    {
        var products = new LayerProducts(data, threads);
        return product switch
        {
            Product.Forward => Create(products.Forward, products.GetY),
            Product.InputGradient => Create(products.InputGradient, products.GetInputGradient),
            _ => Create(products.WeightGradient, products.GetWeightGradient),
        };

        Contestant Create(Action run, Func<float[]> result) => new(Contestant.Ours, threads, run, products) { Result = result };
    }

    public override Contestant? CreateTheirs(IPeer peer, int threads) => peer.CreateProduct(product, data, threads);
}
