using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>dX = dY W against <see cref="ReferenceProducts.InputGradient"/>, bit for bit.</summary>
[TestClass]
public sealed class InputGradientProductTests
{
    [TestMethod]
    [EveryWidth]
    public void Small_sizes_equal_the_reference(VectorWidth width) => Widths.Run(width, new Products(ProductSizes.AllSmall()));

    [TestMethod]
    [EveryWidth]
    public void Edges_of_the_blocks_equal_the_reference(VectorWidth width) => Widths.Run(width, new Products(ProductSizes.AtEdges()));

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
            float[] dy = Samples.Create(rows * outputs, seed: 6);
            var layer = new DenseLayer(inputs, outputs);
            layer.SetWeights(Samples.Create(inputs * outputs, seed: 7));
            layer.SetBiases(Samples.Create(outputs, seed: 8));
            var expected = new float[rows * inputs];
            ReferenceProducts.InputGradient(layer.GetWeights(), dy, rows, inputs, outputs, expected);

            // Rows past the minibatch's end are left from a larger one; NaN there shows whether they find a way into the result.
            int paddedRows = Padding.RoundUp(rows), stride = Padding.RoundUp(inputs), dyStride = layer.Layout.PaddedOutputs;
            float[] padded = Samples.Pad(dy, outputs, dyStride, paddedRows, padding: 0);
            padded.AsSpan(rows * dyStride).Fill(float.NaN);
            GuardedBuffer paddedDy = GuardedBuffer.Of(padded);
            var strips = new GuardedBuffer(paddedRows * dyStride, fill: float.NaN);
            var dx = new GuardedBuffer(paddedRows * stride);
            var y = new GuardedBuffer(rows * stride);
            InputGradientProduct<V>.Run(layer.View, new(paddedDy.Pointer, rows, strips.Pointer), new(Activation.Identity, null, y.Pointer), dx.Pointer, team);

            Bits.AssertEqual(expected, Samples.Compact(dx.Span, rows, inputs, stride), size.ToString());
            Bits.AssertEqual(Samples.Pad(expected, inputs, stride, rows, padding: 0), dx.Span[..(rows * stride)], $"{size}, with padding");
            strips.AssertIntact($"{size}, strips");
            dx.AssertIntact($"{size}, dX");
            GC.KeepAlive(layer);
            GC.KeepAlive(paddedDy);
            GC.KeepAlive(y);
        }
    }
}
