using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Models;

/// <summary>Code, reconstruction and score of an autoencoder: by hand, by row and by batch; dense, sparse, missing and far off.</summary>
[TestClass]
public sealed class AutoencoderModelTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>
    /// Three features, a code of one: c = x0 + 2 x1 + 1, y = [2 c, -c, 7]. For x = [1, -1, 4]: c = 0, y = [0, 0, 7]; with the factors 2,
    /// 1 and 0 the squared errors are (2 * -1)^2 = 4, 1 and 0, their mean 5/3.
    /// </summary>
    private SimpleNnAutoencoderModelParameters ByHand()
    {
        DenseLayer encoder = new(3, 1), decoder = new(1, 3);
        encoder.SetWeights([1, 2, 0]);
        encoder.SetBiases([1]);
        decoder.SetWeights([2, -1, 0]);
        decoder.SetBiases([0, 0, 7]);
        var network = new Network(encoder, decoder);
        return new SimpleNnAutoencoderModelParameters(_ml, [new(network, new TrainingHistory([], 0, StopReason.Completed), OptimizerState: null)], new ReconstructionError(network, [2, 1, 0]), threshold: 1);
    }

    [TestMethod]
    public void Code_reconstruction_and_score_are_those_computed_by_hand()
    {
        SimpleNnAutoencoderModelParameters model = ByHand();
        float[] row = [1, -1, 4];

        CollectionAssert.AreEqual(new float[] { 0 }, model.Encode(row));
        CollectionAssert.AreEqual(new float[] { 0, 0, 7 }, model.Reconstruct(row));
        CollectionAssert.AreEqual(new float[] { 4, 1, 0 }, model.ScoreByFeature(row));
        Assert.AreEqual(5f / 3, model.Score(row));
    }

    [TestMethod]
    public void A_batch_gives_what_each_row_gives()
    {
        var transformer = AutoencoderTask.Train(_ml, Reading.Rows());
        SimpleNnAutoencoderModelParameters model = transformer.Model;
        List<Reading> rows = Reading.Rows(333, seed: 4);
        float[] features = rows.SelectMany(row => row.Features).ToArray();
        float[] scores = new float[333], codes = new float[2 * 333], reconstructions = new float[6 * 333];
        model.Score(features, 333, scores);
        model.Encode(features, 333, codes);
        model.Reconstruct(features, 333, reconstructions);

        CollectionAssert.AreEqual(rows.Select(row => model.Score(row.Features)).ToArray(), scores);
        CollectionAssert.AreEqual(rows.SelectMany(row => model.Encode(row.Features)).ToArray(), codes);
        CollectionAssert.AreEqual(rows.SelectMany(row => model.Reconstruct(row.Features)).ToArray(), reconstructions);
        CollectionAssert.AreEqual(AutoencoderTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(rows))), scores);
        foreach (Reading row in rows)
            Assert.AreEqual(model.ScoreByFeature(row.Features).Average(), model.Score(row.Features), 1e-6f * model.Score(row.Features));
    }

    [TestMethod]
    public void A_sparse_row_gives_what_the_dense_one_gives()
    {
        var transformer = AutoencoderTask.Train(_ml, Reading.Rows());
        float[] Score(params VBuffer<float>[] rows) =>
            AutoencoderTask.Scores(transformer.Transform(_ml.Data.LoadFromEnumerable(rows.Select(features => new Vector { Features = features }))));

        CollectionAssert.AreEqual(
            Score(new(6, [0, 3, 0, -1, 0, 0]), new(6, [2, 0, 0, 0, 0, 0]), new(6, new float[6])),
            Score(new(6, 2, [3, -1], [1, 3]), new(6, 1, [2], [0]), new(6, 0, [], [])));
    }

    [TestMethod]
    [DataRow(float.NaN, MissingFeatures.Refuse)]
    [DataRow(float.PositiveInfinity, MissingFeatures.Refuse)]
    [DataRow(float.PositiveInfinity, MissingFeatures.Learn)]
    public void What_is_refused_gives_a_missing_score_code_and_reconstruction(float value, MissingFeatures missing)
    {
        List<Reading> rows = Reading.Rows(3);
        rows[1].Features[2] = value;
        var options = AutoencoderTask.Options();
        options.MissingFeatures = missing;
        var transformer = AutoencoderTask.Train(_ml, Reading.Rows(), options);
        IDataView scored = transformer.Transform(_ml.Data.LoadFromEnumerable(rows));

        CollectionAssert.AreEqual(new[] { false, true, false }, AutoencoderTask.Scores(scored).Select(float.IsNaN).ToArray());
        Assert.IsFalse(AutoencoderTask.Labels(scored)[1]);
        Assert.IsTrue(transformer.Model.Encode(rows[1].Features).All(float.IsNaN));
        Assert.IsTrue(transformer.Model.Reconstruct(rows[1].Features).All(float.IsNaN));
    }

    [TestMethod]
    public void A_row_so_far_off_that_the_arithmetic_overflows_is_an_anomaly()
    {
        var model = ByHand();
        float[] row = [float.MaxValue, float.MaxValue, 0];

        Assert.AreEqual(float.PositiveInfinity, model.Score(row));
        Assert.IsGreaterThan(model.Threshold, model.Score(row));
    }

    [TestMethod]
    public void Lengths_that_do_not_fit_are_told()
    {
        SimpleNnAutoencoderModelParameters model = ByHand();

        Assert.StartsWith("2 feature values were given for 1 row, but the model takes 3 features a row.", Assert.ThrowsExactly<ArgumentException>(() => model.Score([1, 2])).Message);
        Assert.StartsWith("2 feature values were given for 1 row, but the model takes 3 features a row.", Assert.ThrowsExactly<ArgumentException>(() => model.ScoreByFeature([1, 2])).Message);
        Assert.StartsWith("6 feature values were given for 1 row, but", Assert.ThrowsExactly<ArgumentException>(() => model.Encode(new float[6])).Message);
        Assert.StartsWith("There is room for 1 scores of 2 rows.", Assert.ThrowsExactly<ArgumentException>(() => model.Score(new float[6], 2, new float[1])).Message);
        Assert.StartsWith("There is room for 3 code values of 2 rows, but the bottleneck gives 1 a row.", Assert.ThrowsExactly<ArgumentException>(() => model.Encode(new float[6], 2, new float[3])).Message);
    }

    [TestMethod]
    public void Threshold_and_factors_are_read_back()
    {
        byte[] bytes = Written(0.25f, [2, 0, 1]);
        (float threshold, float[] factors) = AutoencoderFormat.Read(new ModelReader(new MemoryStream(bytes)), 3);

        Assert.HasCount(16, bytes);
        Assert.AreEqual(0.25f, threshold);
        CollectionAssert.AreEqual(new float[] { 2, 0, 1 }, factors);
    }

    [TestMethod]
    [DataRow(float.NaN, 1f, "its threshold is NaN")]
    [DataRow(-1f, 1f, "its threshold is -1")]
    [DataRow(1f, -2f, "the factor of feature 1 is not a finite number of 0 or more")]
    [DataRow(1f, float.NaN, "the factor of feature 1 is not a finite number of 0 or more")]
    [DataRow(1f, float.PositiveInfinity, "the factor of feature 1 is not a finite number of 0 or more")]
    public void Damaged_threshold_or_factors_are_refused(float threshold, float factor, string message)
    {
        byte[] bytes = Written(threshold, [1, factor]);
        Assert.AreEqual($"The model cannot be read: {message}.", Assert.ThrowsExactly<FormatException>(() => AutoencoderFormat.Read(new ModelReader(new MemoryStream(bytes)), 2)).Message);
    }

    [TestMethod]
    public void A_file_that_ends_too_early_is_refused_before_anything_is_allocated_for_it()
    {
        byte[] bytes = Written(1, [1, 1]);
        foreach (int features in new[] { 3, int.MaxValue })
            Assert.AreEqual("The model cannot be read: the file ends too early.", Assert.ThrowsExactly<FormatException>(() => AutoencoderFormat.Read(new ModelReader(new MemoryStream(bytes)), features)).Message);
    }

    private static byte[] Written(float threshold, float[] factors)
    {
        using var stream = new MemoryStream();
        AutoencoderFormat.Write(new BinaryWriter(stream), threshold, factors);
        return stream.ToArray();
    }

    private sealed class Vector
    {
        [VectorType(Reading.FeatureCount)]
        public VBuffer<float> Features { get; set; }
    }
}
