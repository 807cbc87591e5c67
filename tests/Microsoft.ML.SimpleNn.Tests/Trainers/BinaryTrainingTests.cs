using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Training of the binary task where it is its own: labels, hold-out by class, going on; the rest is shared by all tasks.</summary>
[TestClass]
public sealed class BinaryTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    private void AssertRefused<TException>(string message, IDataView data) where TException : Exception
    {
        var trainer = _ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options());
        Assert.AreEqual(message, Assert.ThrowsExactly<TException>(() => trainer.Fit(data)).Message);
    }

    /// <summary>With n rows of one kind, (0 + 1) / (n + 2) or (n + 1) / (n + 2): P.-S. Laplace's rule of succession.</summary>
    [TestMethod]
    [DataRow(true, "true", "0.917", 11.0 / 12)]
    [DataRow(false, "false", "0.0833", 1.0 / 12)]
    public void Labels_of_one_kind_give_a_constant_probability_and_a_warning(bool label, string text, string shown, double probability)
    {
        var log = new LogCapture(_ml);
        IDataView data = _ml.Data.LoadFromEnumerable(BinaryBlob.Rows(60).Where(row => row.Label == label).Take(10));
        var model = _ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options()).Fit(data);

        CollectionAssert.AreEqual(new[] { $"All rows to train on have the label {text} in column 'Label': the model gives the same probability of true, {shown}, for every row. To tell true from false it needs rows of both. Under OneVersusAll that is a class without rows." }, log.Warnings);
        foreach (float given in model.Transform(_ml.Data.LoadFromEnumerable(BinaryBlob.Rows(50, seed: 7))).GetColumn<float>("Probability")) Assert.AreEqual(probability, given, 1e-6);
    }

    [TestMethod]
    public void A_model_of_labels_of_one_kind_can_be_trained_further()
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(100);
        var trainer = _ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options());
        var constant = trainer.Fit(_ml.Data.LoadFromEnumerable(rows.Where(row => row.Label)));
        IDataView all = _ml.Data.LoadFromEnumerable(rows);

        Assert.IsGreaterThan(0.95, _ml.BinaryClassification.Evaluate(trainer.Fit(all, constant.Model).Transform(all)).Accuracy);
    }

    [TestMethod]
    public void OneVersusAll_trains_where_a_declared_class_has_no_row()
    {
        IDataView fold = BlobTask.Keyed(_ml, Blob.Rows(90).Where(row => row.Label != "virginica"));
        var model = _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options())).Fit(fold);

        Assert.IsGreaterThan(0.95, _ml.MulticlassClassification.Evaluate(model.Transform(fold)).MicroAccuracy);
        Assert.IsLessThan(0.05f, model.Transform(fold).GetColumn<float[]>("Score").Max(score => score[2]), "1 / 62 of a class that was never seen in 60 rows");
    }

    [TestMethod]
    public void No_rows() => AssertRefused<InvalidOperationException>(
        "The training data has no rows: check the file name or the filters before the trainer.", _ml.Data.LoadFromEnumerable(new List<BinaryBlob>()));

    [TestMethod]
    public void Text_label() => AssertRefused<ArgumentOutOfRangeException>(
        "Label column 'Label' is String, but a binary classifier needs a Boolean: make one with mlContext.Transforms.Conversion.MapValue(\"Label\", new Dictionary<string, bool> { [\"yes\"] = true, [\"no\"] = false }). (Parameter 'labelCol')",
        _ml.Data.LoadFromEnumerable(Blob.Rows(12)));

    [TestMethod]
    public void Key_label() => AssertRefused<ArgumentOutOfRangeException>(
        "Label column 'Label' is Key<UInt32>, but a binary classifier needs a Boolean: take the label as it was before MapValueToKey, or train with mlContext.MulticlassClassification.Trainers.SimpleNn, which takes keys. (Parameter 'labelCol')",
        BlobTask.Keyed(_ml, Blob.Rows(12)));

    [TestMethod]
    public void The_remedies_for_other_labels_make_the_same_model()
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(60);
        float[] expected = BinaryTask.Weights(BinaryTask.Train(_ml, rows).Model.SubModel);
        var trainer = _ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options());
        IDataView numbers = _ml.Data.LoadFromEnumerable(rows.Select(row => new NumberRow { Label = row.Label ? 1 : 0, Features = row.Features }));
        IDataView texts = _ml.Data.LoadFromEnumerable(rows.Select(row => new Blob { Label = row.Label ? "yes" : "no", Features = row.Features }));

        CollectionAssert.AreEqual(expected, BinaryTask.Weights(
            _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean).Append(trainer).Fit(numbers).LastTransformer.Model.SubModel));
        CollectionAssert.AreEqual(expected, BinaryTask.Weights(
            _ml.Transforms.Conversion.MapValue("Label", new Dictionary<string, bool> { ["yes"] = true, ["no"] = false }).Append(trainer).Fit(texts).LastTransformer.Model.SubModel));
    }

    [TestMethod]
    public void Sparse_and_dense_vectors_of_the_same_values_give_the_same_model()
    {
        var random = new Random(4);
        float[][] features = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 40).Select(_ => random.NextDouble() < 0.05 ? (float)random.NextDouble() : 0).ToArray()).ToArray();
        float[] Train(Func<float[], VBuffer<float>> form) => BinaryTask.Weights(
            BinaryTask.Train(_ml, features.Select(values => new VectorRow { Label = values[0] > values[1], Features = form(values) })).Model.SubModel);

        int[] Indices(float[] values) => Enumerable.Range(0, values.Length).Where(i => values[i] != 0).ToArray();
        CollectionAssert.AreEqual(
            Train(values => new(values.Length, values)),
            Train(values => new(values.Length, Indices(values).Length, Indices(values).Select(i => values[i]).ToArray(), Indices(values))));
    }

    /// <summary>Where no feature tells anything, the majority is predicted, and the accuracy is its share of the held-out rows.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Held_out_rows_are_taken_from_both_classes_alike(int seed)
    {
        var options = BinaryTask.Options();
        (options.EarlyStopping, options.ValidationFraction, options.Seed) = (true, 0.1, seed);
        var rows = Enumerable.Range(0, 400).Select(i => new BinaryBlob { Label = i < 40, Features = new float[Blob.FeatureCount] });
        EpochMetrics last = BinaryTask.Train(_ml, rows, options).Model.SubModel.TrainingHistory.Epochs[^1];

        Assert.AreEqual(36.0 / 40, last.ValidationAccuracy!.Value, 1e-12);
    }

    [TestMethod]
    public void Given_validation_rows_are_measured()
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(30, distance: 1, seed: 2);
        var model = _ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options())
            .Fit(_ml.Data.LoadFromEnumerable(BinaryBlob.Rows(distance: 1)), _ml.Data.LoadFromEnumerable(rows)).Model.SubModel;
        EpochMetrics best = model.TrainingHistory.Epochs[model.TrainingHistory.BestEpoch - 1];
        double[] probabilityOfLabel = rows.Select(row => model.Predict(row.Features)[0] is var p && row.Label ? (double)p : 1 - (double)p).ToArray();

        Assert.AreEqual(probabilityOfLabel.Average(p => -Math.Log(p)), best.ValidationLoss!.Value, 1e-5);
        Assert.AreEqual(probabilityOfLabel.Average(p => p > 0.5 ? 1.0 : 0.0), best.ValidationAccuracy!.Value, 1e-12);
    }

    [TestMethod]
    public void Going_on_starts_from_the_given_model_also_when_it_was_loaded()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(BinaryBlob.Rows(60, distance: 2));
        var trainer = _ml.BinaryClassification.Trainers.SimpleNn(BinaryTask.Options());
        var first = trainer.Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(first, data.Schema, stream);
        stream.Position = 0;
        object loaded = ((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(stream, out _)).Model;
        var further = trainer.Fit(data, first.Model).Model.SubModel;
        var furtherFromLoaded = trainer.Fit(data, (CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>)loaded).Model.SubModel;

        Assert.IsLessThan(first.Model.SubModel.TrainingHistory.Epochs[^1].TrainingLoss, further.TrainingHistory.Epochs[^1].TrainingLoss);
        CollectionAssert.AreEqual(BinaryTask.Weights(further), BinaryTask.Weights(furtherFromLoaded));
    }

    [TestMethod]
    public void A_heavier_class_is_predicted_more_often()
    {
        var options = BinaryTask.Options();
        (options.ExampleWeightColumnName, options.Optimizer) = ("Weight", new AdamOptimizer { LearningRate = 0.002f }); // a network that knew each row would not care
        int Positive(float weight)
        {
            List<BinaryBlob> rows = BinaryBlob.Rows(distance: 1);
            rows.ForEach(row => row.Weight = row.Label ? weight : 1);
            return BinaryTask.Train(_ml, rows, options).Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<bool>("PredictedLabel").Count(label => label);
        }

        Assert.IsGreaterThan(Positive(1) + 15, Positive(8));
        Assert.IsLessThan(Positive(1) - 15, Positive(0.125f));
    }

    private sealed class NumberRow
    {
        public float Label { get; set; }

        [VectorType(Blob.FeatureCount)]
        public float[] Features { get; set; } = [];
    }

    private sealed class VectorRow
    {
        public bool Label { get; set; }

        [VectorType(40)]
        public VBuffer<float> Features { get; set; }
    }
}
