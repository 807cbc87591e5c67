using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.EstimatorContract;

/// <summary>What ML.NET and its users rely on in every estimator: schemas foretold, the same model again, saved and loaded alike.</summary>
[TestClass]
public class MulticlassContractTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>How many networks the model has.</summary>
    private protected virtual int EnsembleSize => 1;

    private IDataView Training => _ml.Data.LoadFromEnumerable(Blob.Rows());

    private IDataView Test => _ml.Data.LoadFromEnumerable(Blob.Rows(seed: 2));

    [TestMethod]
    public void Output_schema_is_what_the_estimator_foretells()
    {
        var pipeline = BlobTask.Pipeline(_ml, Options());

        SchemaContract.AssertForetold(pipeline.GetOutputSchema(SchemaContract.ShapeOf(Training.Schema)), pipeline.Fit(Training).Transform(Test).Schema);
    }

    [TestMethod]
    public void Transformer_foretells_the_schema_of_what_it_transforms()
    {
        var model = BlobTask.Pipeline(_ml, Options()).Fit(Training);
        CollectionAssert.AreEqual(SchemaContract.Describe(model.Transform(Test).Schema), SchemaContract.Describe(model.GetOutputSchema(Test.Schema)));
    }

    [TestMethod]
    public void Class_names_are_the_slot_names_of_the_score_and_head_the_confusion_matrix()
    {
        IDataView scored = BlobTask.Pipeline(_ml, Options()).Fit(Training).Transform(Test);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        string[] classes = names.DenseValues().Select(name => name.ToString()).ToArray();

        CollectionAssert.AreEqual(Blob.Classes, classes);
        string table = _ml.MulticlassClassification.Evaluate(scored).ConfusionMatrix.GetFormattedConfusionTable();
        foreach (string name in Blob.Classes)
            Assert.Contains(name, table);
    }

    [TestMethod]
    public void Scores_are_probabilities_and_the_label_is_the_most_probable_class()
    {
        IDataView scored = BlobTask.Pipeline(_ml, Options()).Fit(Training).Transform(Test);
        uint[] predicted = scored.GetColumn<uint>("PredictedLabel").ToArray();
        float[][] scores = BlobTask.Scores(scored);

        for (int row = 0; row < scores.Length; row++)
        {
            Assert.AreEqual(1, scores[row].Sum(), 1e-5);
            Assert.AreEqual((uint)Array.IndexOf(scores[row], scores[row].Max()) + 1, predicted[row]);
        }
    }

    [TestMethod]
    public void Learns_what_the_evaluator_can_confirm()
    {
        var options = Options();
        (options.Optimizer, options.LearningRateSchedule, options.NumberOfEpochs, options.EarlyStopping) = (new SimpleNnMulticlassTrainer.Options().Optimizer, null, null, true); // the default recipe
        var metrics = _ml.MulticlassClassification.Evaluate(BlobTask.Pipeline(_ml, options).Fit(Training).Transform(Test));

        // The best possible classifier of three unit clouds 7 units (5 * sqrt 2) apart is right in more than 99.9 %.
        Assert.IsGreaterThan(0.98, metrics.MicroAccuracy);
        Assert.IsLessThan(0.2, metrics.LogLoss);
    }

    [TestMethod]
    public void A_trainer_gives_the_same_bits_each_time_and_so_does_a_second_context_of_the_same_seed()
    {
        var options = Options();
        options.Seed = null;
        options.EarlyStopping = true;
        float[] Train(int seed, int fits)
        {
            var ml = new MLContext(seed);
            var trainer = ml.MulticlassClassification.Trainers.SimpleNn(options);
            float[] weights = [];
            for (int i = 0; i < fits; i++)
                weights = BlobTask.Weights(trainer.Fit(BlobTask.Keyed(ml, Blob.Rows())).Model);
            return weights;
        }

        float[] first = Train(seed: 5, fits: 1);
        CollectionAssert.AreEqual(first, Train(seed: 5, fits: 2));
        CollectionAssert.AreNotEqual(first, Train(seed: 6, fits: 1));
    }

    [TestMethod]
    public void Saved_and_loaded_model_gives_the_same_scores_and_history()
    {
        var model = BlobTask.Pipeline(_ml, Options()).Fit(Training);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, Training.Schema, stream);
        stream.Position = 0;
        var loaded = (TransformerChain<ITransformer>)new MLContext().Model.Load(stream, out DataViewSchema inputSchema);

        CollectionAssert.AreEqual(Training.Schema.Select(c => c.Name).ToArray(), inputSchema.Select(c => c.Name).ToArray());
        float[][] expected = BlobTask.Scores(model.Transform(Test)), actual = BlobTask.Scores(loaded.Transform(Test));
        for (int row = 0; row < expected.Length; row++)
            CollectionAssert.AreEqual(expected[row], actual[row]);
        var parameters = ((ISingleFeaturePredictionTransformer<object>)loaded.LastTransformer).Model as SimpleNnMulticlassModelParameters;
        CollectionAssert.AreEqual(model.LastTransformer.Model.TrainingHistory.Epochs.ToArray(), parameters!.TrainingHistory.Epochs.ToArray());
    }

    [TestMethod]
    public void Prediction_engine_gives_what_the_data_view_gives()
    {
        var model = BlobTask.Pipeline(_ml, Options()).Fit(Training);
        List<Blob> rows = Blob.Rows(30, seed: 3);
        float[][] expected = BlobTask.Scores(model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        using var engine = _ml.Model.CreatePredictionEngine<Blob, Prediction>(model);

        for (int row = 0; row < rows.Count; row++)
            CollectionAssert.AreEqual(expected[row], engine.Predict(rows[row]).Score);
    }

    [TestMethod]
    public void Cross_validation_trains_and_measures_each_fold()
    {
        var folds = _ml.MulticlassClassification.CrossValidate(Training, BlobTask.Pipeline(_ml, Options()), numberOfFolds: 3);

        Assert.HasCount(3, folds);
        foreach (var fold in folds)
            Assert.IsGreaterThan(0.9, fold.Metrics.MicroAccuracy);
    }

    [TestMethod]
    public void Permutation_feature_importance_finds_the_feature_that_carries_nothing()
    {
        // Feature 3 is no class's own: its centre is 0 in all three.
        var named = _ml.Transforms.Concatenate("Features", "A", "B", "C", "Noise");
        IDataView data = named.Fit(Columns(Training)).Transform(Columns(Training));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        var model = _ml.MulticlassClassification.Trainers.SimpleNn(Options()).Fit(keyed);

        var typed = _ml.MulticlassClassification.PermutationFeatureImportance(model, keyed);
        double[] bySlot = typed.Select(metrics => metrics.MicroAccuracy.Mean).ToArray();
        Assert.IsTrue(bySlot.Take(3).All(loss => loss < bySlot[3] - 0.1), string.Join(", ", bySlot));

        var byName = _ml.MulticlassClassification.PermutationFeatureImportance((ITransformer)model, keyed);
        CollectionAssert.AreEquivalent(new[] { "A", "B", "C", "Noise" }, byName.Keys.ToArray());
        Assert.IsLessThan(byName["Noise"].MicroAccuracy.Mean - 0.1, byName["A"].MicroAccuracy.Mean);
    }

    /// <summary>The vector of features as four named columns.</summary>
    private IDataView Columns(IDataView data) => _ml.Data.LoadFromEnumerable(
        _ml.Data.CreateEnumerable<Blob>(data, reuseRowObject: false)
            .Select(row => new NamedBlob { Label = row.Label, A = row.Features[0], B = row.Features[1], C = row.Features[2], Noise = row.Features[3] }));

    private SimpleNnMulticlassTrainer.Options Options()
    {
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        options.EnsembleSize = EnsembleSize;
        return options;
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class NamedBlob
    {
        public string Label { get; set; } = "";

        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }

        public float Noise { get; set; }
    }
}
