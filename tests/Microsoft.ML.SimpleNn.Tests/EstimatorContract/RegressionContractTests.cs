using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>What ML.NET and its users rely on in a regression trainer, for a label of each kind: the score column, the evaluators, saving, continuing.</summary>
[TestClass]
public class RegressionContractTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Kinds => RegressionTask.Kinds.Select(kind => new object[] { kind });

    /// <summary>How many networks the model has.</summary>
    private protected virtual int EnsembleSize => 1;

    private IDataView Training => RegressionTask.View(_ml, Measurement.Rows());

    private IDataView Test => RegressionTask.View(_ml, Measurement.Rows(seed: 2));

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Output_schema_is_what_the_estimator_and_the_transformer_foretell(string kind)
    {
        var trainer = _ml.Regression.Trainers.SimpleNn(RegressionTask.Options(kind, EnsembleSize));
        var model = trainer.Fit(Training);
        DataViewSchema actual = model.Transform(Test).Schema;
        SchemaShape foretold = trainer.GetOutputSchema(SchemaContract.ShapeOf(Training.Schema));

        SchemaContract.AssertForetold(foretold, actual);
        CollectionAssert.AreEqual(SchemaContract.Describe(actual), SchemaContract.Describe(model.GetOutputSchema(Test.Schema)));
        Assert.AreEqual(actual["Score"].HasSlotNames(), foretold.Single(column => column.Name == "Score").Annotations.Any(annotation => annotation.Name == "SlotNames"));
    }

    [TestMethod]
    public void The_added_column_of_one_number_is_that_of_the_linear_regression()
    {
        string[] Added(IDataView scored) => SchemaContract.Describe(scored.Schema).Except(SchemaContract.Describe(Test.Schema)).ToArray();

        CollectionAssert.AreEqual(Added(_ml.Regression.Trainers.Sdca("Height").Fit(Training).Transform(Test)), Added(Train("number").Transform(Test)));
    }

    [TestMethod]
    [DataRow("number", null)]
    [DataRow("rate", null)]
    [DataRow("numbers", "Height,Width")]
    [DataRow("quantiles", "0.05,0.5,0.95")]
    [DataRow("labels", "Red,Round")]
    public void Slots_of_the_score_have_names_also_when_loaded_and_without_the_label(string kind, string? names)
    {
        var model = Train(kind);
        IDataView onlyFeatures = _ml.Transforms.SelectColumns("Features").Fit(Test).Transform(Test);

        foreach (IDataView scored in new[] { model.Transform(Test), Reloaded(model).Transform(Test), Reloaded(model).Transform(onlyFeatures) })
        {
            DataViewSchema.Column score = scored.Schema["Score"];
            Assert.AreEqual(names is not null, score.HasSlotNames());
            if (names is null)
                continue;
            VBuffer<ReadOnlyMemory<char>> slots = default;
            score.GetSlotNames(ref slots);
            Assert.AreEqual(names, string.Join(',', slots.DenseValues()));
        }
    }

    [TestMethod]
    public void A_label_whose_slots_have_no_names_gives_a_score_whose_slots_have_none()
    {
        IDataView unnamed = _ml.Data.LoadFromEnumerable(Measurement.Rows(20).Select(row => new Pair { Features = row.Features, Sizes = [row.Height, row.Width] }));

        Assert.IsFalse(_ml.Regression.Trainers.SimpleNn(RegressionTask.Options("numbers", EnsembleSize)).Fit(unnamed).Transform(unnamed).Schema["Score"].HasSlotNames());
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Saved_and_loaded_model_gives_the_same_scores_and_histories(string kind)
    {
        var model = Train(kind);
        var loaded = Reloaded(model);

        AssertSame(RegressionTask.Scores(model.Transform(Test)), RegressionTask.Scores(loaded.Transform(Test)));
        var parameters = (SimpleNnRegressionModelParameters)((ISingleFeaturePredictionTransformer<object>)loaded).Model;
        Assert.HasCount(EnsembleSize, parameters.TrainingHistories);
        for (int i = 0; i < EnsembleSize; i++)
            CollectionAssert.AreEqual(model.Model.TrainingHistories[i].Epochs.ToArray(), parameters.TrainingHistories[i].Epochs.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Prediction_engine_and_batch_give_what_the_data_view_gives(string kind)
    {
        var model = Train(kind);
        List<Measurement> rows = Measurement.Rows(30, seed: 3);
        float[][] expected = RegressionTask.Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        float[] batch = new float[rows.Count * model.Model.Network.Outputs];
        model.Model.Predict(rows.SelectMany(row => row.Features).ToArray(), rows.Count, batch);

        CollectionAssert.AreEqual(expected.SelectMany(scores => scores).ToArray(), batch);
        AssertSame(expected, kind is "number" or "rate" ? Predict<Number>(number => [number.Score]) : Predict<Numbers>(numbers => numbers.Score));

        float[][] Predict<TPrediction>(Func<TPrediction, float[]> scores) where TPrediction : class, new()
        {
            using var engine = _ml.Model.CreatePredictionEngine<Measurement, TPrediction>(model);
            return rows.Select(row => scores(engine.Predict(row))).ToArray();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void An_ensemble_gives_the_mean_of_what_its_networks_predict(string kind)
    {
        var model = Train(kind).Model;
        float[] row = [0.5f, -0.25f, 0.75f, 0];
        Func<float, double> meaning = kind switch { "rate" => output => Math.Exp(output), "labels" => output => 1 / (1 + Math.Exp(-output)), _ => output => output };
        float[] score = model.Predict(row);

        for (int slot = 0; slot < score.Length; slot++)
        {
            double mean = model.Networks.Average(network =>
            {
                float[] outputs = new float[score.Length];
                network.Predict(row, 1, outputs);
                return meaning(outputs[slot]);
            });
            Assert.AreEqual(mean, score[slot], 1e-5 * Math.Abs(mean));
        }
    }

    [TestMethod]
    public void Cross_validation_trains_and_measures_each_fold()
    {
        var options = RegressionTask.Options("number", EnsembleSize);
        (options.Optimizer, options.LearningRateSchedule, options.NumberOfEpochs, options.EarlyStopping) = (new SimpleNnRegressionTrainer.Options().Optimizer, null, null, true); // the default recipe
        var folds = _ml.Regression.CrossValidate(Training, _ml.Regression.Trainers.SimpleNn(options), numberOfFolds: 3, labelColumnName: "Height");

        Assert.HasCount(3, folds);
        foreach (var fold in folds)
            Assert.IsGreaterThan(0.95, fold.Metrics.RSquared);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Training_goes_on_where_an_earlier_model_ended(string kind)
    {
        var earlier = (SimpleNnRegressionModelParameters)((ISingleFeaturePredictionTransformer<object>)Reloaded(Train(kind))).Model;
        var further = _ml.Regression.Trainers.SimpleNn(RegressionTask.Options(kind, EnsembleSize)).Fit(Training, earlier).Model;

        for (int i = 0; i < EnsembleSize; i++)
            Assert.IsLessThan(earlier.TrainingHistories[i].Epochs[0].TrainingLoss, further.TrainingHistories[i].Epochs[0].TrainingLoss);
        CollectionAssert.AreNotEqual(RegressionTask.Weights(earlier), RegressionTask.Weights(further));
    }

    [TestMethod]
    public void A_model_of_another_number_of_outputs_cannot_be_trained_further()
    {
        var trainer = _ml.Regression.Trainers.SimpleNn(RegressionTask.Options("quantiles", EnsembleSize));
        var error = Assert.Throws<Exception>(() => trainer.Fit(Training, Train("numbers").Model));

        Assert.StartsWith("The given model cannot be trained further: its network is 4-8-2 with ReLU, but data and options ask for 4-8-3 with ReLU. " +
            "Give the trainer the hidden layers and the activation of the model, and data with the same features and as many classes or numbers in the label.", error.Message);
    }

    private RegressionPredictionTransformer<SimpleNnRegressionModelParameters> Train(string kind) => RegressionTask.Train(_ml, kind, EnsembleSize);

    private ITransformer Reloaded(ITransformer model)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, Training.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    private static void AssertSame(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int row = 0; row < expected.Length; row++)
            CollectionAssert.AreEqual(expected[row], actual[row]);
    }

    private sealed class Number
    {
        public float Score { get; set; }
    }

    private sealed class Numbers
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Pair
    {
        [VectorType(Measurement.FeatureCount)]
        public float[] Features { get; set; } = [];

        [VectorType(2)]
        public float[] Sizes { get; set; } = [];
    }
}
