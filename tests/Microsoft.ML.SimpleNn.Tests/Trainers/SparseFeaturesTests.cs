using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Features as hashed text has them: a million, of which a row has a few.</summary>
[TestClass]
public sealed class SparseFeaturesTests
{
    private const int Features = 1_000_000;
    private const int Words = 50;
    private const int ValuesPerRow = 12;
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>A dense minibatch of 64 rows would take 256 MB, and each of several arrays for scaling, gradient and moments 64 MB, with four units padded to 16.</summary>
    [TestMethod]
    [DoNotParallelize] // other tests' allocations would count
    public void A_million_features_train_score_and_save_in_memory_that_follows_the_weights()
    {
        IDataView train = Rows(400, seed: 1), test = Rows(200, seed: 2);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var trainer = _ml.BinaryClassification.Trainers.SimpleNn(new SimpleNnBinaryTrainer.Options { HiddenLayers = [4], NumberOfEpochs = 6, BatchSize = 64, RefitOnAllRows = false });
        var model = trainer.Fit(train);
        Assert.IsLessThan(800L << 20, GC.GetTotalAllocatedBytes(precise: true) - before);

        before = GC.GetTotalAllocatedBytes(precise: true);
        IDataView scored = model.Transform(test);
        Assert.IsGreaterThan(0.95, _ml.BinaryClassification.Evaluate(scored).Accuracy);
        Assert.IsLessThan(50L << 20, GC.GetTotalAllocatedBytes(precise: true) - before); // no row was made dense: that is 4 MB each

        using var file = new MemoryStream();
        before = GC.GetTotalAllocatedBytes(precise: true);
        _ml.Model.Save(model, train.Schema, file);
        file.Position = 0;
        ITransformer loaded = _ml.Model.Load(file, out _);
        Assert.IsLessThan(200L << 20, GC.GetTotalAllocatedBytes(precise: true) - before);
        CollectionAssert.AreEqual(Scores(scored), Scores(loaded.Transform(test)));
    }

    private static float[] Scores(IDataView scored) => [.. scored.GetColumn<float>("Score")];

    /// <summary>A row has some of the words of its class, and others that say nothing.</summary>
    private IDataView Rows(int count, int seed)
    {
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(row =>
        {
            bool label = row % 2 == 0;
            int[] indices = [.. Enumerable.Range(0, ValuesPerRow)
                .Select(i => i < 6 ? (random.Next(Words) * 2 + (label ? 1 : 0)) * 9973 : random.Next(Features)).Distinct().Order()];
            return new Row { Label = label, Features = new VBuffer<float>(Features, indices.Length, [.. indices.Select(_ => 1f)], indices) };
        }).ToArray());
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(SparseFeaturesTests.Features)]
        public VBuffer<float> Features { get; set; }
    }
}
