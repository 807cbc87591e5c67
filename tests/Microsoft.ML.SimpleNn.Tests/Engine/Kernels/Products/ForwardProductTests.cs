using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Y = activation(X W^T + b) against <see cref="ReferenceProducts.Forward"/>, bit for bit.</summary>
[TestClass]
public sealed class ForwardProductTests
{
    [TestMethod]
    [EveryWidth]
    public void Small_sizes_equal_the_reference(VectorWidth width) => Widths.Run(width, new Products(ProductSizes.AllSmall()));

    [TestMethod]
    [EveryWidth]
    public void Edges_of_the_blocks_equal_the_reference(VectorWidth width) => Widths.Run(width, new Products(ProductSizes.AtEdges()));

    [TestMethod]
    [EveryWidth]
    public void A_single_row_equals_the_reference(VectorWidth width) => Widths.Run(width, new Products(ProductSizes.OneRow()));

    [TestMethod]
    [EveryWidth]
    public void Any_number_of_threads_gives_the_reference(VectorWidth width)
    {
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using var team = new ThreadTeam(threads);
            Widths.Run(width, new Products(ProductSizes.WorthThreads(), team));
        }
    }

    private sealed unsafe class Products(IEnumerable<ProductSizes> sizes, ThreadTeam? team = null) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            foreach (ProductSizes size in sizes) Compare<V>(size);
        }

        private void Compare<V>(ProductSizes size)
            where V : struct, IFloats<V>
        {
            (int rows, int inputs, int outputs) = size;
            float[] x = Samples.Create(rows * inputs, seed: 1);
            var layer = new DenseLayer(inputs, outputs);
            layer.SetWeights(Samples.Create(inputs * outputs, seed: 2));
            layer.SetBiases(Samples.Create(outputs, seed: 3));
            var expected = new float[rows * outputs];
            ReferenceProducts.Forward(x, layer.GetWeights(), layer.GetBiases(), rows, inputs, outputs, expected);

            // The first layer's rows lie without padding, the others' with; what is in the padding must not matter.
            foreach (int stride in new[] { inputs, Padding.RoundUp(inputs) })
            {
                GuardedBuffer paddedX = GuardedBuffer.Of(Samples.Pad(x, inputs, stride, rows, padding: float.NaN));
                var y = new GuardedBuffer(rows * layer.Layout.PaddedOutputs, fill: float.NaN);
                ForwardProduct<V>.Run(layer.View, new(paddedX.Pointer, rows, stride), new(Activation.Identity, null, y.Pointer), team);

                Bits.AssertEqual(expected, Samples.Compact(y.Span, rows, outputs, layer.Layout.PaddedOutputs), $"{size}, stride {stride}");
                y.AssertIntact($"{size}, stride {stride}");
                GC.KeepAlive(paddedX);
            }

            GC.KeepAlive(layer);
        }
    }
}
