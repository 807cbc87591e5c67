using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class SoftmaxKernelTests
{
    [TestMethod]
    [EveryWidth]
    public void Every_count_gives_the_probabilities_and_the_sum(VectorWidth width)
    {
        for (int count = 1; count <= 50; count++)
        {
            float[] z = Array.ConvertAll(Samples.Create(count, seed: count), value => 5 * value);
            var softmax = new Softmax(z);
            Widths.Run(width, softmax);

            double max = z.Max();
            double[] exponentials = Array.ConvertAll(z, value => Math.Exp(value - max));
            for (int i = 0; i < count; i++)
            {
                // The difference to the largest value is rounded to a float before the exponential.
                double relative = 4e-7 + 6e-8 * (max - z[i]);
                Assert.AreEqual(exponentials[i] / exponentials.Sum(), softmax.P[i], relative * softmax.P[i] + 1e-37, $"{count} values, value {i}");
            }

            Assert.AreEqual(exponentials.Sum(), softmax.Sum, 1e-6 * exponentials.Sum(), $"{count} values");
            Assert.AreEqual((float)max, softmax.Max);
            foreach (float padding in softmax.P[count..]) Assert.AreEqual(0f, padding, $"{count} values, padding");
        }
    }

    [TestMethod]
    [EveryWidth]
    public void Every_width_gives_the_same_bits(VectorWidth width)
    {
        for (int count = 1; count <= 50; count++)
        {
            float[] z = Samples.Create(count, seed: 100 + count);
            Softmax expected = new(z), actual = new(z);
            Widths.Run(VectorWidth.Bits128, expected);
            Widths.Run(width, actual);
            Bits.AssertEqual(expected.P, actual.P, $"{count} values");
            Bits.AssertEqual([expected.Sum], [actual.Sum], $"{count} values");
        }
    }

    [TestMethod]
    [EveryWidth]
    public void Values_too_large_for_an_exponential_are_no_problem(VectorWidth width)
    {
        var softmax = new Softmax([1000, 1001, -1e4f]);
        Widths.Run(width, softmax);

        Assert.AreEqual(1 / (1 + Math.E), softmax.P[0], 1e-7);
        Assert.AreEqual(Math.E / (1 + Math.E), softmax.P[1], 1e-7);
        Assert.AreEqual(0, softmax.P[2], 1e-37);
    }

    [TestMethod]
    [EveryWidth]
    public void NaN_anywhere_makes_the_sum_NaN(VectorWidth width)
    {
        for (int at = 0; at < 20; at++)
        {
            float[] z = Samples.Create(20, seed: 5);
            z[at] = float.NaN;
            var softmax = new Softmax(z);
            Widths.Run(width, softmax);
            Assert.IsTrue(float.IsNaN(softmax.Sum), $"NaN at {at} gave {softmax.Sum}");
        }
    }

    private sealed unsafe class Softmax(float[] z) : IKernel
    {
        public float[] P { get; private set; } = [];

        public float Sum { get; private set; }

        public float Max { get; private set; }

        public void Run<V>()
            where V : struct, IFloats<V>
        {
            // In place, with rubbish in the padding.
            GuardedBuffer row = GuardedBuffer.Of(Samples.Pad(z, z.Length, Padding.RoundUp(z.Length), 1, padding: 99));
            Sum = SoftmaxKernel<V>.Run(row.Pointer, z.Length, row.Pointer, out float max);
            Max = max;
            P = row.Span.ToArray();
            row.AssertIntact($"{z.Length} values");
        }
    }
}
