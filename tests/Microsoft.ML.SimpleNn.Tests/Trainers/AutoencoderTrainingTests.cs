using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Training of the autoencoder where it is its own: targets, units, constants, threshold, going on; the rest is shared by all tasks.</summary>
[TestClass]
public sealed class AutoencoderTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_decoder_mirrors_the_encoder_around_a_linear_bottleneck()
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        (options.HiddenLayers, options.NumberOfEpochs) = ([5, 4, 2], 1);
        SimpleNnAutoencoderModelParameters model = AutoencoderTask.Train(_ml, Reading.Rows(20), options).Model;

        CollectionAssert.AreEqual(
            new[] { (6, 5, Activation.Tanh), (5, 4, Activation.Tanh), (4, 2, Activation.Identity), (2, 4, Activation.Tanh), (4, 5, Activation.Tanh), (5, 6, Activation.Identity) },
            model.Network.Layers.Select(layer => (layer.Inputs, layer.Outputs, layer.Activation)).ToArray());
        CollectionAssert.AreEqual(model.Network.Layers.Take(3).ToArray(), model.Encoder.Layers.ToArray());
    }

    /// <summary>The loss that is trained on is the score that the model gives, though the one is measured on standardised values and the other on raw ones.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_validation_loss_is_the_mean_score_of_the_validation_rows(bool normalize)
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        options.NormalizeFeatures = normalize;
        List<Reading> rows = Reading.Rows(40, seed: 2);
        var model = _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options).Fit(_ml.Data.LoadFromEnumerable(Reading.Rows()), _ml.Data.LoadFromEnumerable(rows)).Model;
        double loss = model.TrainingHistory.Epochs[model.TrainingHistory.BestEpoch - 1].ValidationLoss!.Value;

        Assert.AreEqual(loss, rows.Average(row => (double)model.Score(row.Features)), 1e-3 * loss);
    }

    [TestMethod]
    public void Early_stopping_measures_held_out_rows_and_restores_the_best_epoch()
    {
        var options = new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [8, 2], Seed = 1, NumberOfThreads = 1, NumberOfEpochs = 200, Patience = 3, Optimizer = new AdamOptimizer { LearningRate = 0.05f } };
        TrainingHistory history = AutoencoderTask.Train(_ml, Reading.Rows(), options).Model.TrainingHistory;

        Assert.AreEqual(StopReason.EarlyStopping, history.StopReason);
        Assert.IsLessThan(200, history.Epochs.Count);
        Assert.IsTrue(history.Epochs[history.BestEpoch - 1].IsBest);
        Assert.IsNotNull(history.Epochs[0].ValidationLoss);
    }

    [TestMethod]
    public void The_unit_of_a_feature_does_not_matter()
    {
        float[] Scores(float unit) => AutoencoderTask.Train(_ml, InUnit(unit)).Model is var model ? InUnit(unit).Select(row => model.Score(row.Features)).ToArray() : [];
        float[] expected = Scores(1), actual = Scores(1024);

        for (int row = 0; row < expected.Length; row++)
            Assert.AreEqual(expected[row], actual[row], 1e-3f * expected[row]);

        static List<Reading> InUnit(float unit)
        {
            List<Reading> rows = Reading.Rows();
            rows.ForEach(row => row.Features[0] *= unit);
            return rows;
        }
    }

    [TestMethod]
    public void A_constant_feature_counts_nothing_and_is_given_back()
    {
        List<Reading> rows = Reading.Rows();
        rows.ForEach(row => row.Features[3] = 5.25f);
        SimpleNnAutoencoderModelParameters model = AutoencoderTask.Train(_ml, rows).Model;
        float[] other = [.. rows[0].Features];
        other[3] = -100;

        Assert.AreEqual(5.25f, model.Reconstruct(rows[0].Features)[3]);
        Assert.AreEqual(0f, model.ScoreByFeature(other)[3]);
        Assert.AreEqual(model.Score(rows[0].Features), model.Score(other));
    }

    [TestMethod]
    [DataRow(0.0, 0)]
    [DataRow(0.05, 10)]
    [DataRow(0.29, 58)]
    [DataRow(0.5, 100)]
    public void Contamination_is_without_validation_rows_the_fraction_of_the_training_rows_above_the_threshold(double contamination, int anomalies)
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        (options.Contamination, options.NumberOfThreads) = (contamination, 3);
        List<Reading> rows = Reading.Rows(200);
        var model = AutoencoderTask.Train(_ml, rows, options);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));

        Assert.AreEqual(anomalies, AutoencoderTask.Labels(scored).Count(label => label));
        CollectionAssert.Contains(AutoencoderTask.Scores(scored), model.Model.Threshold);
    }

    [TestMethod]
    public void Contamination_is_the_fraction_of_the_validation_rows_above_the_threshold()
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        options.Contamination = 0.1;
        List<Reading> validation = Reading.Rows(50, seed: 2);
        var trainer = _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options);
        var model = trainer.Fit(_ml.Data.LoadFromEnumerable(Reading.Rows(30)), _ml.Data.LoadFromEnumerable(validation)).Model;

        Assert.AreEqual(5, validation.Count(row => model.Score(row.Features) > model.Threshold));
    }

    /// <summary>By hand: of the weight 10, a fifth, 2, may lie above: the scores 9 and 8 of weight 1 each, so that 7 is the threshold.</summary>
    [TestMethod]
    public void A_row_counts_with_its_weight_in_the_threshold()
    {
        Assert.AreEqual(7f, AnomalyThreshold.Quantile([8, 1, 9, 7], [1, 5, 1, 3], 0.2));
        Assert.AreEqual(7f, AnomalyThreshold.Quantile([8, 1, 1, 1, 1, 1, 9, 7, 7, 7], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0.2));
        Assert.AreEqual(9f, AnomalyThreshold.Quantile([8, 1, 9, 7], [1, 5, 3, 1], 0.2));
    }

    [TestMethod]
    public void A_row_of_weight_0_counts_as_absent()
    {
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        options.ExampleWeightColumnName = "Weight";
        List<Reading> rows = Reading.Rows(60, 20);
        rows.ForEach(row => row.Weight = 1 - row.Label);
        SimpleNnAutoencoderModelParameters with = AutoencoderTask.Train(_ml, rows, options).Model, without = AutoencoderTask.Train(_ml, rows.Take(60), options).Model;

        CollectionAssert.AreEqual(AutoencoderTask.Weights(without), AutoencoderTask.Weights(with));
        Assert.AreEqual(without.Threshold, with.Threshold);
    }

    [TestMethod]
    public void The_number_of_threads_does_not_matter_to_the_bit()
    {
        SimpleNnAutoencoderModelParameters Train(int threads)
        {
            SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
            (options.NumberOfThreads, options.BatchSize) = (threads, 64);
            return AutoencoderTask.Train(_ml, Reading.Rows(500), options).Model;
        }

        SimpleNnAutoencoderModelParameters one = Train(1), four = Train(4);
        CollectionAssert.AreEqual(AutoencoderTask.Weights(one), AutoencoderTask.Weights(four));
        Assert.AreEqual(one.Threshold, four.Threshold);
    }

    [TestMethod]
    public void Sparse_and_dense_vectors_of_the_same_values_give_the_same_model()
    {
        var random = new Random(4);
        float[][] features = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 40).Select(_ => random.NextDouble() < 0.05 ? (float)random.NextDouble() : 0).ToArray()).ToArray();
        int[] Indices(float[] values) => Enumerable.Range(0, values.Length).Where(i => values[i] != 0).ToArray();
        SimpleNnAutoencoderModelParameters Train(Func<float[], VBuffer<float>> form) =>
            AutoencoderTask.Train(_ml, features.Select(values => new VectorRow { Features = form(values) })).Model;
        SimpleNnAutoencoderModelParameters dense = Train(values => new(values.Length, values));
        SimpleNnAutoencoderModelParameters sparse = Train(values => new(values.Length, Indices(values).Length, Indices(values).Select(i => values[i]).ToArray(), Indices(values)));

        CollectionAssert.AreEqual(AutoencoderTask.Weights(dense), AutoencoderTask.Weights(sparse));
        Assert.AreEqual(dense.Threshold, sparse.Threshold);
        double loss = sparse.TrainingHistory.Epochs[^1].TrainingLoss;
        Assert.AreEqual(loss, features.Average(row => (double)sparse.Score(row)), 0.1 * loss);
    }

    [TestMethod]
    public void Going_on_starts_from_the_given_model_also_when_it_was_loaded()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Rows());
        var trainer = _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(AutoencoderTask.Options());
        var first = trainer.Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(first, data.Schema, stream);
        stream.Position = 0;
        object loaded = ((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(stream, out _)).Model;
        var further = trainer.Fit(data, first.Model).Model;
        var furtherFromLoaded = trainer.Fit(data, (SimpleNnAutoencoderModelParameters)loaded).Model;

        // Its first epoch begins where the other ended, not anew.
        Assert.IsLessThan(first.Model.TrainingHistory.Epochs[0].TrainingLoss / 2, further.TrainingHistory.Epochs[0].TrainingLoss);
        CollectionAssert.AreEqual(AutoencoderTask.Weights(further), AutoencoderTask.Weights(furtherFromLoaded));
    }

    [TestMethod]
    public void A_model_of_another_shape_cannot_be_trained_further()
    {
        SimpleNnAutoencoderTrainer.Options wider = AutoencoderTask.Options();
        wider.HiddenLayers = [9, 2];
        var model = AutoencoderTask.Train(_ml, Reading.Rows()).Model;

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(wider).Fit(_ml.Data.LoadFromEnumerable(Reading.Rows()), model));
        Assert.StartsWith("The given model cannot be trained further: its network is 6-8-2-8-6 with Tanh/Identity, but data and options ask for 6-9-2-9-6 with Tanh/Identity.", error.Message);
    }

    [TestMethod]
    public void Bad_rows_are_refused_as_by_the_other_trainers()
    {
        void AssertRefused(string message, List<Reading> rows) =>
            Assert.AreEqual(message, Assert.ThrowsExactly<InvalidOperationException>(() => AutoencoderTask.Train(_ml, rows)).Message);
        List<Reading> missing = Reading.Rows(5);
        missing[3].Features[1] = float.NegativeInfinity;

        AssertRefused("The training data has no rows: check the file name or the filters before the trainer.", []);
        AssertRefused("Feature column 'Features' has negative infinity in row 4 of the training data (counted from 1), slot 1: correct the value, or leave such rows out with mlContext.Data.FilterByCustomPredicate.", missing);
    }

    [TestMethod]
    public void A_feature_column_that_is_not_there_is_told()
    {
        var error = Assert.Throws<ArgumentException>(() => AutoencoderTask.Train(_ml, [new NoFeatures()]));
        Assert.StartsWith("There is no feature column 'Features' in the data, which has 'Value'", error.Message);
    }

    [TestMethod]
    [DataRow(6, true)]
    [DataRow(5, false)]
    public void A_bottleneck_as_wide_as_the_features_is_warned_of(int bottleneck, bool warned)
    {
        LogCapture log = new(_ml);
        SimpleNnAutoencoderTrainer.Options options = AutoencoderTask.Options();
        (options.HiddenLayers, options.NumberOfEpochs) = ([8, bottleneck], 1);
        AutoencoderTask.Train(_ml, Reading.Rows(20), options);

        Assert.AreEqual(warned, log.Warnings.Any(message => message.Contains($"The bottleneck has {bottleneck} units for {Reading.FeatureCount} features", StringComparison.Ordinal)));
    }

    private sealed class VectorRow
    {
        [VectorType(40)]
        public VBuffer<float> Features { get; set; }
    }

    private sealed class NoFeatures
    {
        public float Value { get; set; }
    }
}
