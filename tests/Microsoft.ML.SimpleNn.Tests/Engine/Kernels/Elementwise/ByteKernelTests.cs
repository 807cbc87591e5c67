using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class ByteKernelTests
{
    [TestMethod]
    [EveryWidth]
    public void Every_count_is_the_plain_formula(VectorWidth width)
    {
        for (int count = 1; count <= 70; count++)
        {
            Widths.Run(width, new Bytes(count, isShared: false));
            Widths.Run(width, new Bytes(count, isShared: true));
        }

        Widths.Run(width, new Bytes(count: 256, isShared: false)); // every value
    }

    private sealed unsafe class Bytes(int count, bool isShared) : IKernel
    {
        public void Run<V>()
            where V : struct, IFloats<V>
        {
            byte[] x = [.. Enumerable.Range(0, count).Select(i => (byte)(255 - i))];
            GuardedBuffer mean = GuardedBuffer.Of(Samples.Create(count, seed: 2)), factor = GuardedBuffer.Of(Samples.Create(count, seed: 3));
            Inputs inputs = new(count);
            GuardedBuffer converted = new(count, fill: float.NaN), standardized = new(count, fill: float.NaN), bounded = new(count, fill: float.NaN);
            fixed (byte* source = x)
            {
                ByteKernel.Convert<V>(source, converted.Pointer, count, isShared);
                ByteKernel.Plain<V>(source, mean.Pointer, factor.Pointer, standardized.Pointer, count, isShared);
                ByteKernel.General<V>(source, inputs.Arrays, bounded.Pointer, count, isShared);
            }

            Bits.AssertEqual([.. x.Select(value => (float)value)], converted.Span, $"{count} values");
            Bits.AssertEqual([.. x.Select((value, i) => (value - mean.Span[i]) * factor.Span[i])], standardized.Span, $"{count} values");
            Bits.AssertEqual([.. x.Select((value, i) => inputs.Of(value, i))], bounded.Span, $"{count} values, bounded");
            converted.AssertIntact($"{count} values");
            bounded.AssertIntact($"{count} values");
            GC.KeepAlive(inputs);
            standardized.AssertIntact($"{count} values");
            GC.KeepAlive(mean);
            GC.KeepAlive(factor);
        }
    }
}
