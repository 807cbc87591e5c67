namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class RandomSourceTests
{
    /// <summary>So that <see cref="PlainXoshiro"/> is a reference and not a second guess: values that other implementations publish for their tests.</summary>
    [TestMethod]
    public void The_plain_generator_gives_the_published_outputs()
    {
        var generator = new PlainXoshiro(1, 2, 3, 4);
        ulong[] expected = [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600];
        CollectionAssert.AreEqual(expected, expected.Select(_ => generator.Next()).ToArray());

        ulong[] splitMix = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        CollectionAssert.AreEqual(splitMix, PlainXoshiro.SplitMix(1234567).Take(5).ToArray());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(12345)]
    [DataRow(-1)]
    [DataRow(int.MinValue)]
    public void The_numbers_are_those_of_xoshiro_seeded_by_splitmix(int seed)
    {
        foreach (RandomStream stream in Enum.GetValues<RandomStream>())
        {
            var plain = PlainXoshiro.FromSplitMix(((ulong)stream << 32) | (uint)seed);
            var random = new RandomSource(seed, stream);
            for (int i = 0; i < 100; i++)
            {
                Assert.AreEqual((int)(plain.Next() >> 34), random.NextInt(1 << 30));
                Assert.AreEqual((plain.Next() >> 40) / 16777216f, random.NextFloat());
            }
        }
    }

    [TestMethod]
    public void Streams_and_seeds_have_sequences_of_their_own()
    {
        var firsts = new HashSet<int>();
        foreach (RandomStream stream in Enum.GetValues<RandomStream>())
        {
            for (int seed = -50; seed < 50; seed++) firsts.Add(new RandomSource(seed, stream).NextInt(int.MaxValue));
        }

        Assert.HasCount(100 * Enum.GetValues<RandomStream>().Length, firsts);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(10)]
    [DataRow(1000)]
    public void Whole_numbers_are_all_as_likely(int bound)
    {
        var random = new RandomSource(1, RandomStream.Shuffle);
        var counts = new int[bound];
        int draws = 1000 * bound;
        for (int i = 0; i < draws; i++) counts[random.NextInt(bound)]++;

        AssertUniform(counts, draws);
    }

    [TestMethod]
    public void A_bound_of_one_gives_zero() => Assert.AreEqual(0, new RandomSource(1, RandomStream.Shuffle).NextInt(1));

    [TestMethod]
    public void A_large_bound_is_free_of_bias()
    {
        // 2^32 random numbers are 8/3 for each below 3 * 2^29. Lemire's method without its rejection would give those that leave 2 on
        // division by 3 twice and the others three times; a plain remainder would give the lower ones three times and the upper ones twice.
        var random = new RandomSource(2, RandomStream.Shuffle);
        int[] remainders = new int[3], thirds = new int[3];
        for (int i = 0; i < 30_000; i++)
        {
            int number = random.NextInt(3 << 29);
            remainders[number % 3]++;
            thirds[number >> 29]++;
        }

        AssertUniform(remainders, 30_000);
        AssertUniform(thirds, 30_000);
    }

    [TestMethod]
    public void Floats_are_uniform_from_zero_up_to_one()
    {
        var random = new RandomSource(3, RandomStream.Weights);
        var counts = new int[100];
        for (int i = 0; i < 100_000; i++)
        {
            float value = random.NextFloat();
            Assert.IsTrue(value is >= 0 and < 1, $"{value}");
            counts[(int)(value * 100)]++;
        }

        AssertUniform(counts, 100_000);
    }

    [TestMethod]
    public void Normal_numbers_have_the_distribution_function_of_the_normal_distribution()
    {
        // Each drawn value goes through the distribution function; the results must be uniform.
        var random = new RandomSource(4, RandomStream.Weights);
        var counts = new int[100];
        double sum = 0, sumOfSquares = 0;
        for (int i = 0; i < 100_000; i++)
        {
            double value = random.NextNormal();
            counts[(int)(DoubleMath.NormalDistribution(value) * 100)]++;
            sum += value;
            sumOfSquares += value * value;
        }

        AssertUniform(counts, 100_000);
        Assert.AreEqual(0, sum / 100_000, 0.015); // 5 standard errors
        Assert.AreEqual(1, sumOfSquares / 100_000, 0.025);
    }

    [TestMethod]
    public void Shuffle_gives_every_order_as_often()
    {
        var random = new RandomSource(5, RandomStream.Shuffle);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items);
            string order = string.Join(' ', items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.HasCount(24, counts);
        AssertUniform([.. counts.Values], 24_000);
    }

    [TestMethod]
    public void Shuffle_keeps_every_item()
    {
        for (int count = 0; count < 100; count++)
        {
            int[] items = [.. Enumerable.Range(0, count)];
            new RandomSource(count, RandomStream.Shuffle).Shuffle(items);
            CollectionAssert.AreEquivalent(Enumerable.Range(0, count).ToArray(), items);
        }
    }

    /// <summary>Pearson's chi-squared statistic has mean k - 1 and variance 2 (k - 1): more than 5 deviations above is no chance.</summary>
    private static void AssertUniform(int[] counts, int draws)
    {
        double expected = (double)draws / counts.Length, freedom = counts.Length - 1;
        double chiSquared = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.IsLessThan(freedom + 5 * Math.Sqrt(2 * freedom), chiSquared, "chi-squared");
    }
}
