using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed unsafe class ReductionTests
{
    [TestMethod]
    public void The_sum_has_the_documented_order()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            float[] lanes = Samples.Create(16, seed);
            fixed (float* pointer = lanes) Bits.AssertEqual([PlainSum(lanes)], [Reduction.SumOfLanes(pointer)], $"seed {seed}");
        }
    }

    [TestMethod]
    public void The_largest_is_found_in_every_lane()
    {
        for (int lane = 0; lane < 16; lane++)
        {
            float[] lanes = [.. Enumerable.Range(0, 16).Select(i => -1f - i)];
            lanes[lane] = -0.5f;
            fixed (float* pointer = lanes) Assert.AreEqual(-0.5f, Reduction.MaxOfLanes(pointer), $"lane {lane}");
        }
    }

    /// <summary>The upper half is added to the lower one until one lane is left.</summary>
    private static float PlainSum(float[] lanes)
    {
        float[] eight = [.. Enumerable.Range(0, 8).Select(i => lanes[i] + lanes[i + 8])];
        float[] four = [.. Enumerable.Range(0, 4).Select(i => eight[i] + eight[i + 4])];
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}
