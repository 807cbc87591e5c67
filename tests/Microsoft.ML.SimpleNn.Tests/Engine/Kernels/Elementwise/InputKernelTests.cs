using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class InputKernelTests
{
    [TestMethod]
    [EveryWidth]
    public void Every_count_is_the_plain_formula(VectorWidth width)
    {
        for (int count = 1; count <= 70; count++)
        {
            Widths.Run(width, new Row(count, isShared: false));
            Widths.Run(width, new Row(count, isShared: true));
        }
    }

    [TestMethod]
    [EveryWidth]
    public void A_value_that_is_missing_is_seen_wherever_it_is(VectorWidth width)
    {
        for (int count = 1; count <= 40; count++)
        {
            for (int missing = 0; missing < count; missing++) Widths.Run(width, new RowWithout(count, missing));
        }
    }

    private sealed unsafe class Row(int count, bool isShared) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            GuardedBuffer x = GuardedBuffer.Of(Samples.Create(count, seed: 1));
            GuardedBuffer mean = GuardedBuffer.Of(Samples.Create(count, seed: 2)), factor = GuardedBuffer.Of(Samples.Create(count, seed: 3));
            var inputs = new Inputs(count);
            var y = new GuardedBuffer(count, fill: float.NaN);
            Assert.IsFalse(InputKernel.Plain<V>(x.Pointer, mean.Pointer, factor.Pointer, y.Pointer, count, isShared), "nothing is missing");

            float[] expected = [.. Enumerable.Range(0, count).Select(i => (x.Span[i] - mean.Span[i]) * factor.Span[i])];
            Bits.AssertEqual(expected, y.Span, $"{count} values");
            y.AssertIntact($"{count} values");

            (x.Span[0], x.Span[count - 1]) = (-1e30f, 1e38f);
            Assert.IsFalse(InputKernel.General<V>(x.Pointer, inputs.Arrays, y.Pointer, count, isShared), "nothing is missing");
            expected = [.. Enumerable.Range(0, count).Select(i => inputs.Of(x.Span[i], i))];
            Bits.AssertEqual(expected, y.Span, $"{count} values, bounded");
            y.AssertIntact($"{count} values, bounded");

            InputKernel.CopyShared<V>(x.Pointer, y.Pointer, count);
            Bits.AssertEqual(x.Span.ToArray(), y.Span, $"{count} values, copied");
            y.AssertIntact($"{count} values, copied");
            GC.KeepAlive(mean);
            GC.KeepAlive(factor);
            GC.KeepAlive(inputs);
        }
    }

    private sealed unsafe class RowWithout(int count, int missing) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            GuardedBuffer x = GuardedBuffer.Of(Samples.Create(count, seed: 1)), y = new(count);
            x.Span[missing] = float.NaN;
            var inputs = new Inputs(count);
            InputKernel.Arrays arrays = inputs.Arrays;

            Assert.IsTrue(InputKernel.Plain<V>(x.Pointer, arrays.Centre, arrays.Factor, y.Pointer, count, isShared: false), $"{missing} of {count}");
            Assert.IsTrue(InputKernel.General<V>(x.Pointer, arrays, y.Pointer, count, isShared: false), $"{missing} of {count}");
            GC.KeepAlive(inputs);
        }
    }
}
