using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>What ML.NET and its users rely on in a binary trainer: the three columns, the evaluator, saving, and use by other estimators.</summary>
[TestClass]
public class BinaryContractTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>How many networks the model has.</summary>
    private protected virtual int EnsembleSize => 1;

    private IDataView Training => _ml.Data.LoadFromEnumerable(BinaryBlob.Rows());

    private IDataView Test => _ml.Data.LoadFromEnumerable(BinaryBlob.Rows(seed: 2));

    [TestMethod]
    public void Output_schema_is_what_the_estimator_and_the_transformer_foretell()
    {
        var trainer = _ml.BinaryClassification.Trainers.SimpleNn(Options());
        var model = trainer.Fit(Training);
        DataViewSchema actual = model.Transform(Test).Schema;

        SchemaContract.AssertForetold(trainer.GetOutputSchema(SchemaContract.ShapeOf(Training.Schema)), actual);
        CollectionAssert.AreEqual(SchemaContract.Describe(actual), SchemaContract.Describe(model.GetOutputSchema(Test.Schema)));
    }

    [TestMethod]
    public void Added_columns_are_those_of_logistic_regression()
    {
        string[] Added(IDataView scored) => SchemaContract.Describe(scored.Schema).Except(SchemaContract.Describe(Test.Schema)).ToArray();

        CollectionAssert.AreEqual(
            Added(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Training).Transform(Test)),
            Added(_ml.BinaryClassification.Trainers.SimpleNn(Options()).Fit(Training).Transform(Test)));
    }

    [TestMethod]
    public void Probability_is_the_sigmoid_of_the_score_and_the_label_its_sign()
    {
        IDataView scored = BinaryTask.Train(_ml, BinaryBlob.Rows(distance: 1), Options()).Transform(Test);
        float[] scores = BinaryTask.Scores(scored), probabilities = scored.GetColumn<float>("Probability").ToArray();
        bool[] labels = scored.GetColumn<bool>("PredictedLabel").ToArray();

        Assert.IsTrue(labels.Contains(true) && labels.Contains(false));
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-scores[row])), probabilities[row], 1e-7);
            Assert.AreEqual(scores[row] > 0, labels[row]);
        }
    }

    [TestMethod]
    public void The_evaluator_finds_what_the_best_possible_classifier_reaches()
    {
        List<BinaryBlob> rows = BinaryBlob.TwoClouds(2000, distance: 1, seed: 2);
        var options = Options();
        (options.Optimizer, options.LearningRateSchedule, options.NumberOfEpochs, options.EarlyStopping) = (new SimpleNnBinaryTrainer.Options().Optimizer, null, null, true); // the default recipe
        var model = BinaryTask.Train(_ml, BinaryBlob.TwoClouds(2000, distance: 1, seed: 1), options);
        var metrics = _ml.BinaryClassification.Evaluate(model.Transform(_ml.Data.LoadFromEnumerable(rows)));

        // The true log-odds of a row are x0 - x1; the AUC of that score is 0.8413, and its loss, in bits as ML.NET tells it:
        double best = rows.Average(row => Math.Log2(1 + Math.Exp((row.Label ? -1 : 1) * (row.Features[0] - row.Features[1]))));
        Assert.AreEqual(0.8413, metrics.AreaUnderRocCurve, 0.03);
        Assert.IsGreaterThan(best - 0.01, metrics.LogLoss);
        Assert.IsLessThan(best + 0.03, metrics.LogLoss);
    }

    [TestMethod]
    public void Saved_and_loaded_model_gives_the_same_columns_and_history()
    {
        var model = BinaryTask.Train(_ml, BinaryBlob.Rows(), Options());
        using var stream = new MemoryStream();
        _ml.Model.Save(model, Training.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        IDataView expected = model.Transform(Test), actual = loaded.Transform(Test);

        CollectionAssert.AreEqual(BinaryTask.Scores(expected), BinaryTask.Scores(actual));
        CollectionAssert.AreEqual(expected.GetColumn<float>("Probability").ToArray(), actual.GetColumn<float>("Probability").ToArray());
        CollectionAssert.AreEqual(expected.GetColumn<bool>("PredictedLabel").ToArray(), actual.GetColumn<bool>("PredictedLabel").ToArray());
        var calibrated = (CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>)((ISingleFeaturePredictionTransformer<object>)loaded).Model;
        CollectionAssert.AreEqual(model.Model.SubModel.TrainingHistory.Epochs.ToArray(), calibrated.SubModel.TrainingHistory.Epochs.ToArray());
    }

    [TestMethod]
    public void Prediction_engine_gives_what_the_data_view_gives()
    {
        var model = BinaryTask.Train(_ml, BinaryBlob.Rows(), Options());
        List<BinaryBlob> rows = BinaryBlob.Rows(30, seed: 3);
        float[] expected = BinaryTask.Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        using var engine = _ml.Model.CreatePredictionEngine<BinaryBlob, Prediction>(model);

        for (int row = 0; row < rows.Count; row++)
            Assert.AreEqual(expected[row], engine.Predict(rows[row]).Score);
    }

    [TestMethod]
    public void Cross_validation_trains_and_measures_each_fold()
    {
        var folds = _ml.BinaryClassification.CrossValidate(Training, _ml.BinaryClassification.Trainers.SimpleNn(Options()), numberOfFolds: 3);

        Assert.HasCount(3, folds);
        foreach (var fold in folds)
            Assert.IsGreaterThan(0.95, fold.Metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void One_versus_all_makes_a_classifier_of_several_classes_that_can_be_saved()
    {
        var trainer = _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.SimpleNn(Options()));
        IDataView training = BlobTask.Keyed(_ml, Blob.Rows()), test = BlobTask.Keyed(_ml, Blob.Rows(seed: 2));
        var model = trainer.Fit(training);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, training.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);

        Assert.IsGreaterThan(0.97, _ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
        float[][] expected = BlobTask.Scores(model.Transform(test)), actual = BlobTask.Scores(loaded.Transform(test));
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.AreEqual(1, expected[row].Sum(), 1e-5);
            CollectionAssert.AreEqual(expected[row], actual[row]);
        }
    }

    [TestMethod]
    public void Permutation_feature_importance_finds_the_feature_that_carries_nothing()
    {
        var model = BinaryTask.Train(_ml, BinaryBlob.Rows(), Options());
        double[] bySlot = _ml.BinaryClassification.PermutationFeatureImportance(model, Training).Select(metrics => metrics.AreaUnderRocCurve.Mean).ToArray();

        // The first feature alone tells the first cloud apart; the centre of the fourth is 0 in all.
        Assert.IsLessThan(bySlot[3] - 0.05, bySlot[0]);
        Assert.AreEqual(0, bySlot[3], 0.02);
    }

    private SimpleNnBinaryTrainer.Options Options()
    {
        SimpleNnBinaryTrainer.Options options = BinaryTask.Options();
        options.EnsembleSize = EnsembleSize;
        return options;
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
