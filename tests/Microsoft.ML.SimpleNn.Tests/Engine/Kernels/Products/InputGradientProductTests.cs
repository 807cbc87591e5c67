using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>dX = dY W against <see cref="ReferenceProducts.InputGradient"/>, bit for bit.</summary>
[TestClass]
public sealed unsafe class InputGradientProductTests : ProductTests
{
    private protected override void Compare<V>(ProductSizes size, ThreadTeam? team)
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
