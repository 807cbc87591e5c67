using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>What ML.NET and its users rely on in an anomaly detector: the two columns, the evaluator, the threshold, and saving.</summary>
[TestClass]
public sealed class AutoencoderContractTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Training => _ml.Data.LoadFromEnumerable(Reading.Rows());

    private IDataView Test => _ml.Data.LoadFromEnumerable(Reading.Rows(normal: 200, anomalies: 50, seed: 2));

    [TestMethod]
    public void Output_schema_is_what_the_estimator_and_the_transformer_foretell()
    {
        var trainer = _ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(AutoencoderTask.Options());
        var model = trainer.Fit(Training);
        DataViewSchema actual = model.Transform(Test).Schema;

        SchemaContract.AssertForetold(trainer.GetOutputSchema(SchemaContract.ShapeOf(Training.Schema)), actual);
        CollectionAssert.AreEqual(SchemaContract.Describe(actual), SchemaContract.Describe(model.GetOutputSchema(Test.Schema)));
    }

    [TestMethod]
    public void Added_columns_are_those_of_the_randomized_pca()
    {
        string[] Added(IDataView scored) => SchemaContract.Describe(scored.Schema).Except(SchemaContract.Describe(Test.Schema)).ToArray();

        CollectionAssert.AreEqual(
            Added(_ml.AnomalyDetection.Trainers.RandomizedPca(rank: 2).Fit(Training).Transform(Test)),
            Added(_ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(AutoencoderTask.Options()).Fit(Training).Transform(Test)));
    }

    [TestMethod]
    public void The_evaluator_finds_that_anomalies_score_higher()
    {
        IDataView scored = AutoencoderTask.Train(_ml, Reading.Rows()).Transform(Test);
        var metrics = _ml.AnomalyDetection.Evaluate(scored, falsePositiveCount: 10);
        float[] scores = AutoencoderTask.Scores(scored);

        // The area is the share of the pairs of an anomaly and a normal row of which the anomaly has the higher score.
        double right = scores[200..].Average(anomaly => scores[..200].Average(normal => anomaly > normal ? 1.0 : 0.0));
        Assert.AreEqual(right, metrics.AreaUnderRocCurve, 1e-6);
        Assert.IsGreaterThan(0.97, metrics.AreaUnderRocCurve);
        Assert.IsGreaterThan(0.9, metrics.DetectionRateAtFalsePositiveCount);
    }

    [TestMethod]
    public void The_label_tells_whether_the_score_is_above_the_threshold()
    {
        var model = AutoencoderTask.Train(_ml, Reading.Rows());
        IDataView scored = model.Transform(Test);

        CollectionAssert.AreEqual(AutoencoderTask.Scores(scored).Select(score => score > model.Model.Threshold).ToArray(), AutoencoderTask.Labels(scored));
        Assert.AreEqual(50, AutoencoderTask.Labels(scored)[200..].Count(label => label), 5);
    }

    [TestMethod]
    public void Another_threshold_can_be_given_and_is_saved()
    {
        var model = AutoencoderTask.Train(_ml, Reading.Rows());
        float[] scores = AutoencoderTask.Scores(model.Transform(Test));
        float higher = scores.Order().ElementAt(240);
        var changed = _ml.AnomalyDetection.ChangeModelThreshold(model, higher);
        bool[] expected = scores.Select(score => score > higher).ToArray();

        Assert.AreNotEqual(higher, model.Model.Threshold);
        CollectionAssert.AreEqual(expected, AutoencoderTask.Labels(changed.Transform(Test)));
        CollectionAssert.AreEqual(expected, AutoencoderTask.Labels(SavedAndLoaded(changed).Transform(Test)));
    }

    [TestMethod]
    public void Saved_and_loaded_model_gives_the_same_columns_threshold_and_history()
    {
        var model = AutoencoderTask.Train(_ml, Reading.Rows());
        ITransformer loaded = SavedAndLoaded(model);
        IDataView expected = model.Transform(Test), actual = loaded.Transform(Test);

        CollectionAssert.AreEqual(AutoencoderTask.Scores(expected), AutoencoderTask.Scores(actual));
        CollectionAssert.AreEqual(AutoencoderTask.Labels(expected), AutoencoderTask.Labels(actual));
        var parameters = (SimpleNnAutoencoderModelParameters)((ISingleFeaturePredictionTransformer<object>)loaded).Model;
        Assert.AreEqual(model.Model.Threshold, parameters.Threshold);
        CollectionAssert.AreEqual(model.Model.TrainingHistory.Epochs.ToArray(), parameters.TrainingHistory.Epochs.ToArray());
        float[] row = Reading.Rows(1, seed: 4)[0].Features;
        CollectionAssert.AreEqual(model.Model.Encode(row), parameters.Encode(row));
    }

    [TestMethod]
    public void Prediction_engine_gives_what_the_data_view_gives()
    {
        var model = AutoencoderTask.Train(_ml, Reading.Rows());
        List<Reading> rows = Reading.Rows(20, 10, seed: 3);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        using var engine = _ml.Model.CreatePredictionEngine<Reading, Prediction>(model);

        Prediction[] predictions = rows.Select(engine.Predict).ToArray();
        CollectionAssert.AreEqual(AutoencoderTask.Scores(scored), predictions.Select(p => p.Score).ToArray());
        CollectionAssert.AreEqual(AutoencoderTask.Labels(scored), predictions.Select(p => p.PredictedLabel).ToArray());
    }

    private ITransformer SavedAndLoaded(ITransformer model)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, Training.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    private sealed class Prediction
    {
        public float Score { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
