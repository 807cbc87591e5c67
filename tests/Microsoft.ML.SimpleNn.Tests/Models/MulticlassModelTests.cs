using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Predicting with a model: by hand, by row and by batch, dense and sparse, from many threads.</summary>
[TestClass]
public sealed class MulticlassModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>u = [1*1 + 2*2 + 0.5, 3*1 - 1*2 - 0.5] = [5.5, 0.5], and the softmax of it.</summary>
    [TestMethod]
    public void Probabilities_are_the_softmax_of_the_outputs()
    {
        var layer = new DenseLayer(2, 2);
        layer.SetWeights([1, 2, 3, -1]);
        layer.SetBiases([0.5f, -0.5f]);
        var model = new SimpleNnMulticlassModelParameters(_ml, [new(new Network(layer), new TrainingHistory([], 0, StopReason.Completed), OptimizerState: null)]);
        float[] probabilities = model.Predict([1, 2]);

        double first = 1 / (1 + Math.Exp(0.5 - 5.5));
        Assert.AreEqual(first, probabilities[0], 1e-6);
        Assert.AreEqual(1 - first, probabilities[1], 1e-6);
    }

    [TestMethod]
    public void A_batch_gives_what_each_row_gives_and_what_the_data_view_gives()
    {
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(BlobTask.Keyed(_ml, Blob.Rows()));
        List<Blob> rows = Blob.Rows(333, seed: 4);
        float[] batch = new float[rows.Count * 3];
        transformer.Model.Predict(rows.SelectMany(row => row.Features).ToArray(), rows.Count, batch);

        CollectionAssert.AreEqual(batch, rows.SelectMany(row => transformer.Model.Predict(row.Features)).ToArray());
        CollectionAssert.AreEqual(batch, BlobTask.Scores(transformer.Transform(BlobTask.Keyed(_ml, rows))).SelectMany(scores => scores).ToArray());
    }

    [TestMethod]
    public void A_sparse_row_gives_what_the_dense_one_gives()
    {
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(BlobTask.Keyed(_ml, Blob.Rows()));
        float[][] rows = [[0, 3, 0, -1], [2, 0, 0, 0], [0, 0, 0, 0]];
        float[][] dense = BlobTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(rows.Select(row => new Vector { Features = new VBuffer<float>(4, row) }))));
        float[][] sparse = BlobTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(new[]
        {
            new Vector { Features = new VBuffer<float>(4, 2, [3, -1], [1, 3]) },
            new Vector { Features = new VBuffer<float>(4, 1, [2], [0]) },
            new Vector { Features = new VBuffer<float>(4, 0, [], []) },
        })));

        for (int row = 0; row < rows.Length; row++)
            CollectionAssert.AreEqual(dense[row], sparse[row]);
    }

    [TestMethod]
    [DataRow(float.NaN, MissingFeatures.Refuse)]
    [DataRow(float.PositiveInfinity, MissingFeatures.Refuse)]
    [DataRow(float.PositiveInfinity, MissingFeatures.Learn)]
    [DataRow(float.NegativeInfinity, MissingFeatures.Learn)]
    public void What_is_refused_gives_missing_scores_and_no_class(float value, MissingFeatures missing)
    {
        var options = BlobTask.Options();
        options.MissingFeatures = missing;
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(BlobTask.Keyed(_ml, Blob.Rows()));
        List<Blob> rows = Blob.Rows(3);
        rows[1].Features[2] = value;
        IDataView scored = transformer.Transform(BlobTask.Keyed(_ml, rows));
        uint[] predicted = scored.GetColumn<uint>("PredictedLabel").ToArray();

        Assert.IsTrue(BlobTask.Scores(scored)[1].All(float.IsNaN));
        Assert.IsFalse(BlobTask.Scores(scored)[2].Any(float.IsNaN));
        CollectionAssert.AreEqual(new uint[] { 1, 0, 3 }, predicted);
    }

    [TestMethod]
    public void Another_number_of_features_is_refused_with_both_numbers()
    {
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(BlobTask.Keyed(_ml, Blob.Rows(30)));
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(30));
        IDataView wider = _ml.Transforms.Concatenate("Features", "Features", "Weight").Fit(data).Transform(data);

        Assert.AreEqual("Incompatible features column type: 'Vector<Single, 5>' vs 'Vector<Single, 4>'",
            Assert.ThrowsExactly<InvalidOperationException>(() => transformer.Transform(wider)).Message);
        Assert.AreEqual("5 feature values were given for 1 row, but the model takes 4 features a row. (Parameter 'features')",
            Assert.ThrowsExactly<ArgumentException>(() => transformer.Model.Predict(new float[5])).Message);
        Assert.AreEqual("There is room for 5 predictions of 2 rows, but the model gives 3 a row. (Parameter 'predictions')",
            Assert.ThrowsExactly<ArgumentException>(() => transformer.Model.Predict(new float[8], 2, new float[5])).Message);
    }

    [TestMethod]
    public void A_row_of_another_length_than_its_column_declares_is_refused_with_both_numbers()
    {
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(BlobTask.Keyed(_ml, Blob.Rows(30)));
        var schema = SchemaDefinition.Create(typeof(Vector));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single);
        IDataView unsized = _ml.Data.LoadFromEnumerable([new Vector { Features = new VBuffer<float>(3, [1, 2, 3]) }], schema);

        Assert.Contains("4", Assert.Throws<InvalidOperationException>(() => BlobTask.Scores(transformer.Transform(unsized))).Message);
    }

    [TestMethod]
    public void Many_threads_at_once_get_what_one_gets()
    {
        var transformer = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(BlobTask.Keyed(_ml, Blob.Rows()));
        List<Blob> rows = Blob.Rows(200, seed: 6);
        float[][] expected = rows.Select(row => transformer.Model.Predict(row.Features)).ToArray();

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => CollectionAssert.AreEqual(expected[i % 200], transformer.Model.Predict(rows[i % 200].Features)));
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            float[][] scores = BlobTask.Scores(transformer.Transform(BlobTask.Keyed(new MLContext(1), rows)));
            for (int row = 0; row < rows.Count; row++)
                CollectionAssert.AreEqual(expected[row], scores[row]);
        });
    }

    [TestMethod]
    public void Predicting_allocates_nothing()
    {
        var model = BlobTask.Train(_ml, Blob.Rows());
        float[] features = Blob.Rows(64).SelectMany(row => row.Features).ToArray(), predictions = new float[64 * 3];
        for (int i = 0; i < 100; i++)
            model.Predict(features, 64, predictions);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            model.Predict(features, 64, predictions);

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class Vector
    {
        [VectorType(4)]
        public VBuffer<float> Features { get; set; }

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
