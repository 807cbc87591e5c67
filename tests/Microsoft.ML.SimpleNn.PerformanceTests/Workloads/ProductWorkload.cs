using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>One of the three products of a dense layer.</summary>
internal sealed class ProductWorkload(Product product, int rows, int inputs, int outputs) : Workload
{
    private readonly LayerData _data = new(rows, inputs, outputs);

    public override string Name => product switch
    {
        Product.Forward => "Y = X W^T + b",
        Product.InputGradient => "dX = dY W",
        _ => "dW = dY^T X",
    };

    public override string Shape => $"{inputs}x{outputs}, batch {rows}";

    public override double Operations => 2.0 * rows * inputs * outputs;

    public override Contestant CreateOurs(int threads)
    {
        var products = new LayerProducts(_data, threads);
        return product switch
        {
            Product.Forward => new Contestant(products.Forward, products.GetY, products),
            Product.InputGradient => new Contestant(products.InputGradient, products.GetInputGradient, products),
            _ => new Contestant(products.WeightGradient, products.GetWeightGradient, products),
        };
    }

    public override Contestant CreateTheirs(IPeer peer) => peer.CreateProduct(product, _data);
}
