using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>Y = activation(X W^T + b) against <see cref="ReferenceProducts.Forward"/>, bit for bit.</summary>
[TestClass]
public sealed unsafe class ForwardProductTests : ProductTests
{
    private protected override void Compare<V>(ProductSizes size, ThreadTeam? team)
    {
        (int rows, int inputs, int outputs) = size;
        float[] x = Samples.Create(rows * inputs, seed: 1);
        var layer = new DenseLayer(inputs, outputs);
        layer.SetWeights(Samples.Create(inputs * outputs, seed: 2));
        layer.SetBiases(Samples.Create(outputs, seed: 3));
        var expected = new float[rows * outputs];
        ReferenceProducts.Forward(x, layer.GetWeights(), layer.GetBiases(), expected);

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
