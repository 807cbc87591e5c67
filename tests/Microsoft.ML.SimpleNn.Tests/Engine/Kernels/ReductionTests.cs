using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class ReductionTests
{
    [TestMethod]
    [EveryWidth]
    public void The_sum_has_the_documented_order(VectorWidth width)
    {
        for (int count = 16; count <= 20 * 16; count += 16)
        {
            float[] values = Samples.Create(count, seed: count);
            var sum = new Sum(values);
            Widths.Run(width, sum);
            Bits.AssertEqual([PlainSum(values)], [sum.Value], $"{count} values");
        }
    }

    /// <summary>16 lanes, lane i taking every 16th value; then the upper half is added to the lower one until one lane is left.</summary>
    private static float PlainSum(float[] values)
    {
        var lanes = new float[16];
        for (int i = 0; i < values.Length; i++) lanes[i % 16] += values[i];
        float[] eight = [.. Enumerable.Range(0, 8).Select(i => lanes[i] + lanes[i + 8])];
        float[] four = [.. Enumerable.Range(0, 4).Select(i => eight[i] + eight[i + 4])];
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private sealed unsafe class Sum(float[] values) : IAtWidth
    {
        public float Value { get; private set; }

        public void Run<TSimd, V>()
            where TSimd : struct, ISimd<V>
            where V : struct
        {
            fixed (float* pointer = values) Value = Reduction<TSimd, V>.Sum(pointer, values.Length);
        }
    }
}
