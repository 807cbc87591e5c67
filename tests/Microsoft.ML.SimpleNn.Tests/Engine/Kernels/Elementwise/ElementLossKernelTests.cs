using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The losses of one output at a time over a row, against the formulas in double precision.</summary>
[TestClass]
public sealed class ElementLossKernelTests
{
    private const float Factor = 0.375f;

    [TestMethod]
    [EveryWidth]
    public void Squared_error_of_every_count(VectorWidth width) =>
        Compare<SquaredError>(width, (z, t) => (z - t) * (z - t), (z, t) => 2 * (z - t));

    [TestMethod]
    [EveryWidth]
    public void Sigmoid_cross_entropy_of_every_count(VectorWidth width) =>
        Compare<SigmoidCrossEntropy>(
            width,
            (z, t) => -t * Math.Log(DoubleMath.Sigmoid(z)) - (1 - t) * Math.Log(DoubleMath.Sigmoid(-z)),
            (z, t) => DoubleMath.Sigmoid(z) - t);

    private static void Compare<TLoss>(VectorWidth width, Func<double, double, double> loss, Func<double, double, double> derivative)
        where TLoss : unmanaged, IElementLoss
    {
        for (int count = 1; count <= 50; count++)
        {
            float[] z = Samples.Create(count, seed: count), targets = Array.ConvertAll(Samples.Create(count, seed: 100 + count), t => Math.Clamp(t, 0, 1));
            Row<TLoss> row = new(z, targets), portable = new(z, targets);
            Widths.Run(width, row);
            Widths.Run(VectorWidth.Bits128, portable);

            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += loss(z[i], targets[i]);
                Assert.AreEqual(Factor * derivative(z[i], targets[i]), row.Delta[i], 1e-6, $"{count} outputs, delta {i}");
            }

            Assert.AreEqual(sum, row.Sum, 1e-6 * (1 + sum), $"{count} outputs");
            foreach (float padding in row.Delta[count..]) Assert.AreEqual(0f, padding, $"{count} outputs, padding");
            Bits.AssertEqual(portable.Delta, row.Delta, $"{count} outputs, {width}");
            Bits.AssertEqual([portable.Sum], [row.Sum], $"{count} outputs, {width}");
        }
    }

    private sealed unsafe class Row<TLoss>(float[] z, float[] targets) : IKernel
        where TLoss : unmanaged, IElementLoss
    {
        public float Sum { get; private set; }

        public float[] Delta { get; private set; } = [];

        public void Run<V>()
            where V : struct, IFloats<V>
        {
            int width = Padding.RoundUp(z.Length);
            GuardedBuffer outputs = GuardedBuffer.Of(Samples.Pad(z, z.Length, width, 1, padding: 99));
            var delta = new GuardedBuffer(width, fill: float.NaN);
            fixed (float* t = targets) Sum = ElementLossKernel<TLoss, V>.Run(default, outputs.Pointer, t, z.Length, Factor, delta.Pointer);
            Delta = delta.Span.ToArray();
            delta.AssertIntact($"{z.Length} outputs");
            GC.KeepAlive(outputs);
        }
    }
}
