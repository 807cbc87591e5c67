using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class ScalingKernelTests
{
    [TestMethod]
    [EveryWidth]
    public void Every_count_is_the_plain_formula(VectorWidth width)
    {
        for (int count = 1; count <= 70; count++)
        {
            Widths.Run(width, new Scaling(count, isShared: false));
            Widths.Run(width, new Scaling(count, isShared: true));
        }
    }

    private sealed unsafe class Scaling(int count, bool isShared) : IAtWidth
    {
        public void Run<TSimd, V>()
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            GuardedBuffer x = GuardedBuffer.Of(Samples.Create(count, seed: 1));
            GuardedBuffer mean = GuardedBuffer.Of(Samples.Create(count, seed: 2)), factor = GuardedBuffer.Of(Samples.Create(count, seed: 3));
            var y = new GuardedBuffer(count, fill: float.NaN);
            ScalingKernel.Run<TSimd, V>(x.Pointer, mean.Pointer, factor.Pointer, y.Pointer, count, isShared);

            float[] expected = [.. Enumerable.Range(0, count).Select(i => (x.Span[i] - mean.Span[i]) * factor.Span[i])];
            Bits.AssertEqual(expected, y.Span, $"{count} values");
            y.AssertIntact($"{count} values");

            ScalingKernel.CopyShared<TSimd, V>(x.Pointer, y.Pointer, count);
            Bits.AssertEqual(x.Span.ToArray(), y.Span, $"{count} values, copied");
            y.AssertIntact($"{count} values, copied");
            GC.KeepAlive(mean);
            GC.KeepAlive(factor);
        }
    }
}
