using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class DropoutKernelTests
{
    private const ulong Key = 0x123456789ABCDEF;

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Every_value_is_kept_or_dropped_by_the_hash_of_its_row_and_column(int threads)
    {
        foreach (int width in new[] { 1, 3, 4, 7, 8, 16, 19, 48, 333 })
        {
            const int rows = 50;
            float[] source = Samples.Create(rows * width, seed: width);
            var expected = new float[source.Length];
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < width; column++)
                    expected[row * width + column] = PlainHash(Key, row, column) >= 0.25 * Math.Pow(2, 32) ? source[row * width + column] * (1 / 0.75f) : 0;
            }

            Bits.AssertEqual(expected, Drop(0.25f, source, rows, width, threads), $"width {width}");
        }
    }

    [TestMethod]
    [DataRow(0.1f)]
    [DataRow(0.5f)]
    [DataRow(0.9f)]
    public void The_rate_is_the_fraction_dropped_in_every_row_and_column_and_the_mean_stays(float rate)
    {
        const int rows = 400, width = 400;
        float[] ones = Enumerable.Repeat(1f, rows * width).ToArray();
        float[] left = Drop(rate, ones, rows, width, threads: 1);

        // Of n values n rate are dropped, with deviation sqrt(n rate (1 - rate)); 5 of them are exceeded once in two million.
        double one = Math.Sqrt(rate * (1 - rate));
        Assert.AreEqual(rate, left.Count(value => value == 0) / (double)left.Length, 5 * one / Math.Sqrt(left.Length), "all");
        Assert.AreEqual(1, left.Average(), 5 * one / (1 - rate) / Math.Sqrt(left.Length), "mean");
        for (int i = 0; i < width; i++)
        {
            Assert.AreEqual(rate, left.Skip(i * width).Take(width).Count(value => value == 0) / (double)width, 5 * one / Math.Sqrt(width), $"row {i}");
            Assert.AreEqual(rate, left.Where((_, at) => at % width == i).Count(value => value == 0) / (double)rows, 5 * one / Math.Sqrt(rows), $"column {i}");
        }
    }

    [TestMethod]
    public void Neighbours_are_dropped_independently()
    {
        const int rows = 300, width = 320;
        float[] ones = Enumerable.Repeat(1f, rows * width).ToArray();
        bool[] dropped = Array.ConvertAll(Drop(0.5f, ones, rows, width, threads: 1), value => value == 0);

        foreach (int distance in new[] { 1, 2, 4, 16, width - 1, width, width + 1, 2 * width })
        {
            int pairs = dropped.Length - distance;
            int both = Enumerable.Range(0, pairs).Count(i => dropped[i] && dropped[i + distance]);
            Assert.AreEqual(0.25, both / (double)pairs, 5 * Math.Sqrt(0.25 * 0.75 / pairs), $"distance {distance}");
        }
    }

    private static unsafe float[] Drop(float rate, float[] source, int rows, int width, int threads)
    {
        using var team = new ThreadTeam(threads);
        GuardedBuffer from = GuardedBuffer.Of(source), to = new(source.Length, fill: float.NaN);
        DropoutKernel.Run(Key, rate, new MatrixView(from.Pointer, rows, width), to.Pointer, team);
        to.AssertIntact($"width {width}");
        Bits.AssertEqual(source, from.Span, "the source");
        return to.Span.ToArray();
    }

    /// <summary>splitmix64's finaliser on the row, MurmurHash3's on the column, as their authors give them.</summary>
    private static uint PlainHash(ulong key, int row, int column)
    {
        ulong z = key + (ulong)row * 0x9E3779B97F4A7C15;
        z ^= z >> 30;
        z *= 0xBF58476D1CE4E5B9;
        z ^= z >> 27;
        z *= 0x94D049BB133111EB;
        z ^= z >> 31;

        uint h = (uint)(z >> 32) + (uint)column * 0x9E3779B9;
        h ^= h >> 16;
        h *= 0x85EBCA6B;
        h ^= h >> 13;
        h *= 0xC2B2AE35;
        h ^= h >> 16;
        return h;
    }
}
