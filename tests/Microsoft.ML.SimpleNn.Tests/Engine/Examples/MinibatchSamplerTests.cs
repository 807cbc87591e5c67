namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class MinibatchSamplerTests
{
    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(10, 10, 10)]
    [DataRow(10, 5, 5)]
    [DataRow(10, 3, 1)]
    [DataRow(10, 20, 10)]
    [DataRow(129, 128, 1)]
    public void Every_epoch_visits_every_row_once_the_short_last_minibatch_included(int rows, int batchSize, int lastBatch)
    {
        var sampler = new MinibatchSampler(rows, batchSize, new RandomSource(1, RandomStream.Shuffle));
        for (int epoch = 0; epoch < 5; epoch++)
        {
            sampler.Shuffle();
            int[][] batches = Batches(sampler);

            CollectionAssert.AreEquivalent(Enumerable.Range(0, rows).ToArray(), batches.SelectMany(batch => batch).ToArray());
            Assert.IsTrue(batches[..^1].All(batch => batch.Length == batchSize));
            Assert.HasCount(lastBatch, batches[^1]);
        }
    }

    [TestMethod]
    public void Every_epoch_has_an_order_of_its_own_which_the_seed_decides()
    {
        MinibatchSampler sampler = Sampler(1), same = Sampler(1), other = Sampler(2);
        var orders = new HashSet<string>();
        for (int epoch = 0; epoch < 20; epoch++)
        {
            string order = Order(sampler);
            Assert.AreEqual(order, Order(same));
            Assert.AreNotEqual(order, Order(other));
            orders.Add(order);
        }

        Assert.HasCount(20, orders);
    }

    [TestMethod]
    public void Without_random_numbers_the_rows_stay_in_order()
    {
        var sampler = new MinibatchSampler(7, 3, random: null);
        sampler.Shuffle();

        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4, 5, 6 }, Batches(sampler).SelectMany(batch => batch).ToArray());
    }

    private static MinibatchSampler Sampler(int seed) => new(30, 7, new RandomSource(seed, RandomStream.Shuffle));

    private static string Order(MinibatchSampler sampler)
    {
        sampler.Shuffle();
        return string.Join(' ', Batches(sampler).SelectMany(batch => batch));
    }

    private static int[][] Batches(MinibatchSampler sampler) =>
        [.. Enumerable.Range(0, sampler.BatchCount).Select(batch => sampler.Batch(batch).ToArray())];
}
