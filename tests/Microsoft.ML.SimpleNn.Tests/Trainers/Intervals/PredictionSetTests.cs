using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Sets of classes: that they have the class as often as they are to, by each way in which rows are held out.</summary>
[TestClass]
public sealed class PredictionSetTests
{
    private readonly MLContext _ml = new(seed: 1);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>
    /// Fewer than 2,500 rows are divided in five folds; of more a part is held out once. Chance alone spreads the coverage by 0.007, that of one seed.
    /// </summary>
    [TestMethod]
    [DataRow(2000, null)]
    [DataRow(4000, 0.4)]
    public void Nine_of_ten_new_classes_are_in_their_sets(int rows, double? fraction)
    {
        var coverages = new List<double>();
        foreach (int seed in new[] { 1, 2, 3, 4, 5 })
        {
            SimpleNnMulticlassTrainer.Options options = Options();
            (options.PredictionSetCoverage, options.ValidationFraction, options.Seed) = (0.9f, fraction, seed);
            List<UncertainRow> newRows = UncertainRow.Rows(20_000, seed + 1000);
            Prediction[] scored = Score(Train(options, UncertainRow.Rows(rows, seed)), newRows);

            double coverage = scored.Zip(newRows).Average(pair => pair.First.PredictionSet[pair.Second.Label] ? 1.0 : 0), size = scored.Average(row => row.PredictionSet.Count(isIn => isIn));
            TestContext.WriteLine($"seed {seed}: coverage {coverage:F3}, mean size {size:F3}");
            Assert.IsInRange(0.87, 0.93, coverage, $"seed {seed}");
            coverages.Add(coverage);
            Assert.IsInRange(0.98, 1.05, size / UncertainRow.LeastMeanSize(newRows, coverage), $"seed {seed}");
        }
        Assert.IsInRange(0.88, 0.92, coverages.Average());
    }

    /// <summary>Of n probabilities of the true class, the largest first, the one at 0.9 (n + 1), rounded up.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void With_validation_rows_the_threshold_is_the_quantile_of_the_true_classes_probabilities(int ensembleSize)
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        (options.PredictionSetCoverage, options.EnsembleSize) = (0.9f, ensembleSize);
        List<UncertainRow> validation = UncertainRow.Rows(99, 7);

        var model = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Load(UncertainRow.Rows(300, 1)), Load(validation)).Model;

        float[] probabilities = [.. validation.Select(row => FirstNetwork(model, row.Features)[row.Label]).OrderDescending()];
        Assert.AreEqual(probabilities[90 - 1], model.PredictionSets!.Value.Threshold, 1e-6);
    }

    /// <summary>A network whose probability of the first class is that of the feature, by logits x and 0.</summary>
    [TestMethod]
    public void A_row_counts_with_its_weight()
    {
        var layer = new DenseLayer(1, 2);
        layer.SetWeights([1, 0]);
        float[] features = [.. Enumerable.Range(1, 19).Select(i => MathF.Log(i / (20f - i)))], weights = [.. Enumerable.Repeat(1f, 19)];
        Assert.AreEqual(2 / 20f, Threshold(weights), 1e-6, "0.9 (19 + 1) = 18 rows have 2 of 20 or more");
        weights[2] = 11;
        Assert.AreEqual(3 / 20f, Threshold(weights), 1e-6, "0.9 (29 + 1) = 27 of 29 rows have 3 of 20 or more, which eleven rows have");

        float Threshold(float[] weightOfRow)
        {
            var errors = new HeldOutErrors(0.9f, Loss.SoftmaxCrossEntropy, holdsOut: true);
            errors.Add(new Network(layer), new DenseExamples(features, 1, new float[19], weights: weightOfRow), seed: 1);
            return errors.PredictionSets().Threshold;
        }
    }

    [TestMethod]
    [DataRow(300, null)]
    [DataRow(300, 0.3)]
    public void The_weights_are_those_without_the_option(int rows, double? fraction)
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        options.ValidationFraction = fraction;
        float[] without = BlobTask.Weights(Train(options, UncertainRow.Rows(rows, 1)).Model);
        options.PredictionSetCoverage = 0.8f;

        CollectionAssert.AreEqual(without, BlobTask.Weights(Train(options, UncertainRow.Rows(rows, 1)).Model));
    }

    [TestMethod]
    public void A_set_has_the_classes_from_the_threshold_on_and_comes_back_from_a_file()
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        options.PredictionSetCoverage = 0.8f;
        var model = Train(options, UncertainRow.Rows(300, 1));
        List<UncertainRow> rows = UncertainRow.Rows(50, 2);
        rows[3].Features[0] = float.PositiveInfinity;
        Prediction[] scored = Score(model, rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, null, stream);
        ITransformer loaded = _ml.Model.Load(stream, out _);

        Prediction[] again = Score(loaded, rows);
        PredictionSetThreshold sets = ((MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>)loaded).Model.PredictionSets!.Value;
        Assert.AreEqual(model.Model.PredictionSets!.Value, sets);
        Assert.AreEqual(0.8f, sets.Coverage);
        for (int i = 0; i < scored.Length; i++)
        {
            CollectionAssert.AreEqual(scored[i].Score.Select(probability => probability >= sets.Threshold).ToArray(), scored[i].PredictionSet);
            CollectionAssert.AreEqual(scored[i].PredictionSet, again[i].PredictionSet);
            CollectionAssert.AreEqual(scored[i].Score, again[i].Score);
            Assert.AreEqual(scored[i].PredictedLabel, again[i].PredictedLabel);
        }
        Assert.DoesNotContain(true, scored[3].PredictionSet, "a row without probabilities");
    }

    [TestMethod]
    public void The_columns_are_those_that_the_estimator_foretells_and_the_slots_have_the_names_of_the_classes()
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        options.PredictionSetCoverage = 0.8f;
        IDataView rows = Load(UncertainRow.Rows(200, 1));
        IDataView texts = _ml.Transforms.Conversion.MapValueToKey("Label", "Name").Fit(rows).Transform(rows);
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(options);
        foreach (IDataView view in new[] { rows, texts })
        {
            IDataView scored = trainer.Fit(view).Transform(view);

            EstimatorContract.SchemaContract.AssertForetold(trainer.GetOutputSchema(EstimatorContract.SchemaContract.ShapeOf(view.Schema)), scored.Schema);
            Assert.IsGreaterThan(0.5, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
            Assert.AreEqual(view == texts, scored.Schema["PredictionSet"].HasSlotNames());
            Assert.AreEqual(view == texts, scored.Schema["Score"].HasSlotNames());
        }
        VBuffer<ReadOnlyMemory<char>> score = default, set = default;
        DataViewSchema schema = trainer.Fit(texts).Transform(texts).Schema;
        schema["Score"].GetSlotNames(ref score);
        schema["PredictionSet"].GetSlotNames(ref set);
        Assert.AreEqual(string.Join(",", score.DenseValues()), string.Join(",", set.DenseValues()));
    }

    /// <summary>A large network scores views in batches, and a prediction engine one row after the other.</summary>
    [TestMethod]
    [DataRow(16)]
    [DataRow(700)]
    public void Rows_one_by_one_have_the_sets_of_the_view(int units)
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        (options.PredictionSetCoverage, options.HiddenLayers, options.NumberOfEpochs, options.ValidationFraction) = (0.8f, [units, units], 1, 0.2);
        var model = Train(options, UncertainRow.Rows(100, 1));
        List<UncertainRow> rows = UncertainRow.Rows(20, 2);
        Prediction[] scored = Score(model, rows);
        using var engine = _ml.Model.CreatePredictionEngine<UncertainRow, Prediction>(model);

        for (int i = 0; i < rows.Count; i++)
            CollectionAssert.AreEqual(scored[i].PredictionSet, engine.Predict(rows[i]).PredictionSet);
    }

    /// <summary>The reader of docs/MODEL_FORMAT.md, which uses nothing of the library.</summary>
    [TestMethod]
    [DataRow(null, 0x00010004u)]
    [DataRow(0.8f, 0x00010005u)]
    public void A_file_has_the_new_version_only_with_sets(float? coverage, uint version)
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        options.PredictionSetCoverage = coverage;
        string file = Path.GetTempFileName();
        try
        {
            _ml.Model.Save(Train(options, UncertainRow.Rows(200, 1)), null, file);
            using Models.DocumentedModel read = Models.DocumentedModel.Open(file);

            Assert.AreEqual(read.End, read.Position);
            Assert.AreEqual(version, read.Version);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [DataRow(0f, 0.5f)]
    [DataRow(1f, 0.5f)]
    [DataRow(0.9f, -0.1f)]
    [DataRow(0.9f, 1.1f)]
    [DataRow(0.9f, float.NaN)]
    public void Sets_that_cannot_be_are_no_model(float coverage, float threshold)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            PredictionSetFormat.Write(writer, new PredictionSetThreshold(coverage, threshold));
        stream.Position = 0;
        using var reader = new ModelReader(stream);

        Assert.Contains("its prediction set has", Assert.ThrowsExactly<FormatException>(() => PredictionSetFormat.Read(reader)).Message);
    }

    [TestMethod]
    public void What_cannot_be_is_refused_with_a_remedy_before_the_training()
    {
        SimpleNnMulticlassTrainer.Options options = Options();
        (options.PredictionSetCoverage, options.EarlyStopping) = (0.9f, false);
        AssertRefused("PredictionSetCoverage is 0.9, which takes 9 rows or more that are held out, but there are 0: set EarlyStopping to true, or give validation rows to Fit.");
        Assert.IsNotNull(_ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Load(UncertainRow.Rows(200, 1)), Load(UncertainRow.Rows(9, 2))).Model.PredictionSets);

        (options.PredictionSetCoverage, options.EarlyStopping, options.ValidationFraction) = (0.99f, true, 0.1);
        AssertRefused("PredictionSetCoverage is 0.99, which takes 99 rows or more that are held out, but there are 20: give more rows, a larger ValidationFraction, validation rows to Fit, or a smaller coverage.");
        options.ValidationFraction = 0.5;
        Assert.IsNotNull(Train(options, UncertainRow.Rows(200, 1)).Model.PredictionSets);

        void AssertRefused(string message) => Assert.Contains(message, Assert.Throws<Exception>(() => Train(options, UncertainRow.Rows(200, 1))).Message);
    }

    private static SimpleNnMulticlassTrainer.Options Options() => new() { HiddenLayers = [16], NumberOfEpochs = 12, Seed = 1, NumberOfThreads = 1 };

    private static float[] FirstNetwork(SimpleNnMulticlassModelParameters model, float[] features)
    {
        float[] output = new float[UncertainRow.Classes];
        model.Network.Predict(features, 1, output);
        double sum = output.Sum(logit => Math.Exp(logit));
        return Array.ConvertAll(output, logit => (float)(Math.Exp(logit) / sum));
    }

    private IDataView Load(List<UncertainRow> rows) => _ml.Data.LoadFromEnumerable(rows);

    private MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> Train(SimpleNnMulticlassTrainer.Options options, List<UncertainRow> rows) =>
        _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(Load(rows));

    private Prediction[] Score(ITransformer model, List<UncertainRow> rows) =>
        [.. _ml.Data.CreateEnumerable<Prediction>(model.Transform(Load(rows)), reuseRowObject: false)];

    private sealed class Prediction
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];

        public bool[] PredictionSet { get; set; } = [];
    }
}
