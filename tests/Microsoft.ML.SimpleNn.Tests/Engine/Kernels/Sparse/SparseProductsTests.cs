using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The sparse products against <see cref="ReferenceProducts"/> on the same rows with their zeros, bit for bit.</summary>
[TestClass]
public sealed class SparseProductsTests
{
    [TestMethod]
    [EveryWidth]
    public void Forward_equals_the_reference(VectorWidth width) => Widths.Run(width, new Forward(Cases()));

    [TestMethod]
    [EveryWidth]
    public void Weight_gradient_equals_the_reference(VectorWidth width) => Widths.Run(width, new WeightGradient(Cases()));

    [TestMethod]
    [EveryWidth]
    public void Any_number_of_threads_gives_the_reference(VectorWidth width)
    {
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using var team = new ThreadTeam(threads);
            (ProductSizes, double)[] large = [(new(129, 300, 97), 0.2), (new(70, 500, 145), 0.1), (new(20, 40, 2100), 0.2)];
            Widths.Run(width, new Forward(large, team));
            Widths.Run(width, new WeightGradient(large, team));
        }
    }

    private static IEnumerable<(ProductSizes Size, double Density)> Cases() =>
        from rows in new[] { 1, 2, 16, 17, 33, 70 }
        from inputs in new[] { 1, 3, 65, 130 }
        from outputs in new[] { 1, 16, 17, 33, 48, 49, 100 }
        from density in new[] { 0, 0.03, 0.3, 1 }
        select (new ProductSizes(rows, inputs, outputs), density);

    private sealed unsafe class Forward(IEnumerable<(ProductSizes Size, double Density)> cases, ThreadTeam? team = null) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            foreach ((ProductSizes size, double density) in cases)
            {
                float[] x = SparseSamples.Create(size.Rows, size.Inputs, density, seed: 1);
                var layer = new DenseLayer(size.Inputs, size.Outputs);
                layer.SetWeights(Samples.Create(size.Inputs * size.Outputs, seed: 2));
                layer.SetBiases(Samples.Create(size.Outputs, seed: 3));
                var expected = new float[size.Rows * size.Outputs];
                ReferenceProducts.Forward(x, layer.GetWeights(), layer.GetBiases(), expected);

                SparseRows sparse = SparseSamples.ToRows(x, size.Inputs);
                var y = new GuardedBuffer(size.Rows * layer.Layout.PaddedOutputs, fill: float.NaN);
                SparseForwardProduct<V>.Run(
                    FeatureWeights.InPanels(layer.Layout, layer.Parameters.Pointer), new(sparse.Starts, sparse.Features, sparse.Values, size.Rows),
                    new(Activation.Identity, null, y.Pointer), team);

                Bits.AssertEqual(expected, Samples.Compact(y.Span, size.Rows, size.Outputs, layer.Layout.PaddedOutputs), $"{size}, density {density}");
                y.AssertIntact($"{size}, density {density}");
                GC.KeepAlive(layer);
                GC.KeepAlive(sparse);
            }
        }
    }

    private sealed unsafe class WeightGradient(IEnumerable<(ProductSizes Size, double Density)> cases, ThreadTeam? team = null) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            foreach ((ProductSizes size, double density) in cases)
            {
                float[] x = SparseSamples.Create(size.Rows, size.Inputs, density, seed: 4), dy = Samples.Create(size.Rows * size.Outputs, seed: 5);
                float[] expected = new float[size.Outputs * size.Inputs], expectedBiases = new float[size.Outputs];
                ReferenceProducts.WeightGradient(x, dy, expected, expectedBiases);

                var layout = new PanelLayout(size.Inputs, size.Outputs);
                var columns = new SparseColumns(size.Rows, x.Length, size.Inputs);
                columns.Transpose(SparseSamples.ToRows(x, size.Inputs));
                GuardedBuffer paddedDy = GuardedBuffer.Of(Samples.Pad(dy, size.Outputs, layout.PaddedOutputs, size.Rows, padding: 0));
                var gradient = new GuardedBuffer(columns.Count * layout.PaddedOutputs, fill: float.NaN);
                SparseWeightGradientProduct<V, StoredGradient>.Run(layout, columns, paddedDy.Pointer, new StoredGradient(gradient.Pointer), team);

                string what = $"{size}, density {density}";
                float[] actual = new float[expected.Length];
                for (int i = 0; i < columns.Count; i++)
                {
                    Span<float> row = gradient.Span.Slice(i * layout.PaddedOutputs, layout.PaddedOutputs);
                    Assert.IsFalse(row[size.Outputs..].ContainsAnyExcept(0f), $"{what}: padding");
                    if (i == columns.Count - 1) Bits.AssertEqual(expectedBiases, row[..size.Outputs], $"db, {what}");
                    else for (int output = 0; output < size.Outputs; output++) actual[output * size.Inputs + columns.Occurring[i]] = row[output];
                }

                Bits.AssertEqual(expected, actual, $"dW, {what}");
                gradient.AssertIntact(what);
                GC.KeepAlive(paddedDy);
                GC.KeepAlive(columns);
            }
        }
    }
}
