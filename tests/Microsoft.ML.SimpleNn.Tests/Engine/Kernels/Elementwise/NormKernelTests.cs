using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class NormKernelTests
{
    [TestMethod]
    public unsafe void The_sum_of_squares_has_the_documented_order()
    {
        for (int count = 16; count <= 20 * 16; count += 16)
        {
            GuardedBuffer values = GuardedBuffer.Of(Samples.Create(count, seed: count));

            Assert.AreEqual(PlainSum(values.Span), NormKernel.SumOfSquares(values.Pointer, count), 0.0, $"{count} values");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public unsafe void A_long_buffer_is_summed_in_pieces_by_any_number_of_threads(int threads)
    {
        using var team = new ThreadTeam(threads);
        foreach (int length in new[] { 16, 4096, 4112, 40_000 })
        {
            GuardedBuffer values = GuardedBuffer.Of(Samples.Create(length, seed: 1));
            var sums = new double[NormKernel.PieceCount(length)];
            fixed (double* pointer = sums) NormKernel.SumsOfSquares(values.Pointer, length, pointer, team);

            Assert.HasCount((length + 4095) / 4096, sums);
            for (int piece = 0; piece < sums.Length; piece++)
                Assert.AreEqual(PlainSum(values.Span[(piece * 4096)..Math.Min(length, (piece + 1) * 4096)]), sums[piece], 0.0, $"piece {piece} of {length}");
        }
    }

    [TestMethod]
    public unsafe void Every_value_is_scaled_once()
    {
        using var team = new ThreadTeam(2);
        foreach (int length in new[] { 16, 4112, 40_000 })
        {
            GuardedBuffer values = GuardedBuffer.Of(Samples.Create(length, seed: 1));
            float[] expected = Array.ConvertAll(values.Span.ToArray(), value => value * 0.37f);
            NormKernel.Scale(values.Pointer, length, 0.37f, team);

            Bits.AssertEqual(expected, values.Span, $"{length} values");
            values.AssertIntact($"{length} values");
        }
    }

    /// <summary>16 lanes, lane i taking every 16th value; then the upper half is added to the lower one until one lane is left.</summary>
    private static double PlainSum(ReadOnlySpan<float> values)
    {
        var lanes = new double[16];
        for (int i = 0; i < values.Length; i++) lanes[i % 16] += (double)values[i] * values[i];
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }

        return lanes[0];
    }
}
