using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>dW = dY^T X and db against <see cref="ReferenceProducts.WeightGradient"/>, bit for bit.</summary>
[TestClass]
public sealed unsafe class WeightGradientProductTests : ProductTests
{
    private protected override void Compare<V>(ProductSizes size, ThreadTeam? team)
    {
        (int rows, int inputs, int outputs) = size;
        float[] x = Samples.Create(rows * inputs, seed: 4), dy = Samples.Create(rows * outputs, seed: 5);
        float[] expectedWeights = new float[outputs * inputs], expectedBiases = new float[outputs];
        ReferenceProducts.WeightGradient(x, dy, expectedWeights, expectedBiases);

        var layer = new DenseLayer(inputs, outputs);
        int dyStride = layer.Layout.PaddedOutputs, xStride = Padding.RoundUp(inputs);
        GuardedBuffer paddedX = GuardedBuffer.Of(Samples.Pad(x, inputs, xStride, rows, padding: float.NaN));
        GuardedBuffer paddedDy = GuardedBuffer.Of(Samples.Pad(dy, outputs, dyStride, rows, padding: 0));
        var strips = new GuardedBuffer(rows * dyStride);
        var gradient = new GuardedBuffer((int)layer.Layout.Length, fill: float.NaN);
        WeightGradientProduct<V, StoredGradient>.Run(
            layer.Layout, new(paddedX.Pointer, rows, xStride), new(paddedDy.Pointer, rows, strips.Pointer), new StoredGradient(gradient.Pointer), inputGradientToo: true, team);

        Bits.AssertEqual(expectedWeights, layer.GetWeights(gradient.Span), $"dW, {size}");
        Bits.AssertEqual(expectedBiases, layer.GetBiases(gradient.Span), $"db, {size}");
        AssertPaddingIsZero(layer.Layout, gradient.Span, size);
        gradient.AssertIntact(size.ToString());
        strips.AssertIntact(size.ToString());
        GC.KeepAlive(paddedX);
        GC.KeepAlive(paddedDy);
    }

    /// <summary>Otherwise the optimizer would move the weights in the padding, and they would no longer be zero.</summary>
    private static void AssertPaddingIsZero(PanelLayout layout, ReadOnlySpan<float> gradient, ProductSizes size)
    {
        for (int input = 0; input <= layout.Inputs; input++)
        {
            for (int output = layout.Outputs; output < layout.PaddedOutputs; output++)
                Assert.AreEqual(0f, gradient[layout.IndexOf(input, output)], $"{size}: padding, input {input}, column {output}");
        }
    }
}
