using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Predicting with a binary model: the probability by hand, by row and by batch; the score dense, sparse and missing.</summary>
[TestClass]
public sealed class BinaryModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>z = 1*1 - 2*2 + 0.5 = -2.5, and p = 1 / (1 + e^2.5).</summary>
    [TestMethod]
    public void Predict_gives_the_sigmoid_of_the_output()
    {
        var layer = new DenseLayer(2, 1);
        layer.SetWeights([1, -2]);
        layer.SetBiases([0.5f]);
        var model = new SimpleNnBinaryModelParameters(_ml, [new(new Network(layer), new TrainingHistory([], 0, StopReason.Completed), OptimizerState: null)]);

        Assert.AreEqual(0.0758582, model.Predict([1, 2]).Single(), 1e-6);
    }

    [TestMethod]
    public void A_batch_gives_what_each_row_gives_and_the_probability_of_the_data_view()
    {
        var transformer = BinaryTask.Train(_ml, BinaryBlob.Rows());
        List<BinaryBlob> rows = BinaryBlob.Rows(333, seed: 4);
        float[] batch = new float[rows.Count];
        transformer.Model.SubModel.Predict(rows.SelectMany(row => row.Features).ToArray(), rows.Count, batch);
        float[] column = transformer.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Probability").ToArray();

        CollectionAssert.AreEqual(batch, rows.SelectMany(row => transformer.Model.SubModel.Predict(row.Features)).ToArray());
        for (int row = 0; row < batch.Length; row++)
            Assert.AreEqual(column[row], batch[row], 1e-6);
    }

    [TestMethod]
    public void A_sparse_row_gives_what_the_dense_one_gives()
    {
        var transformer = BinaryTask.Train(_ml, BinaryBlob.Rows());
        float[] Score(params VBuffer<float>[] rows) =>
            BinaryTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(rows.Select(features => new Vector { Features = features }))));

        CollectionAssert.AreEqual(
            Score(new(4, [0, 3, 0, -1]), new(4, [2, 0, 0, 0]), new(4, [0, 0, 0, 0])),
            Score(new(4, 2, [3, -1], [1, 3]), new(4, 1, [2], [0]), new(4, 0, [], [])));
    }

    /// <summary>No value was missing in training, so that none has a mark: all inputs that the column has, of its pieces too, are at their centre, which is 0.</summary>
    [TestMethod]
    public void A_missing_feature_counts_as_the_centre_of_its_column()
    {
        var transformer = BinaryTask.Train(_ml, BinaryBlob.Rows());
        List<BinaryBlob> rows = BinaryBlob.Rows(3);
        float Score(float value)
        {
            rows[1].Features[2] = value;
            return BinaryTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(rows)))[1];
        }

        float centre = transformer.Model.SubModel.Network.InputStage![2].Centre;
        Assert.AreEqual(BinaryBlob.Rows().Average(row => row.Features[2]), centre, 1e-5);
        InputStage stage = transformer.Model.SubModel.Network.InputStage!;
        float[] inputs = new float[stage.Width], others = new float[stage.Width];
        stage.Apply([1, 2, float.NaN, 4], inputs);
        stage.Apply([1, 2, centre, 4], others);
        int firstPiece = stage.FirstBin + stage[0].Bins!.Count + stage[1].Bins!.Count, pieces = stage[2].Bins!.Count;
        others.AsSpan(firstPiece, pieces).Clear();

        Assert.AreEqual(0, stage.Marks);
        Assert.IsGreaterThan(10, pieces);
        CollectionAssert.AreEqual(others, inputs);
        Assert.AreEqual(0f, inputs[2]);
        Assert.IsFalse(float.IsNaN(Score(float.NaN)));
        Assert.AreNotEqual(Score(centre + 1), Score(float.NaN));
    }

    [TestMethod]
    [DataRow(float.NaN, MissingFeatures.Refuse)]
    [DataRow(float.NegativeInfinity, MissingFeatures.Refuse)]
    [DataRow(float.NegativeInfinity, MissingFeatures.Learn)]
    public void What_is_refused_gives_a_missing_score_and_probability(float value, MissingFeatures missing)
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(3);
        rows[1].Features[2] = value;
        var options = BinaryTask.Options();
        options.MissingFeatures = missing;
        IDataView scored = BinaryTask.Train(_ml, BinaryBlob.Rows(), options).Transform(_ml.Data.LoadFromEnumerable(rows));

        CollectionAssert.AreEqual(new[] { false, true, false }, BinaryTask.Scores(scored).Select(float.IsNaN).ToArray());
        CollectionAssert.AreEqual(new[] { false, true, false }, scored.GetColumn<float>("Probability").Select(float.IsNaN).ToArray());
        CollectionAssert.AreEqual(new[] { true, false, false }, scored.GetColumn<bool>("PredictedLabel").ToArray());
    }

    private sealed class Vector
    {
        public bool Label { get; set; }

        [VectorType(4)]
        public VBuffer<float> Features { get; set; }
    }
}
