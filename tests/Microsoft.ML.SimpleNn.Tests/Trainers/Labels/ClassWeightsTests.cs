using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>ClassWeights and BalanceClasses: what they do, by which names, and what they refuse.</summary>
[TestClass]
public sealed class ClassWeightsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_class_of_weight_two_is_its_rows_given_twice()
    {
        List<Blob> rows = Blob.Rows(60, distance: 1);
        float[] doubled = BlobTask.Weights(BlobTask.Train(_ml, [.. rows, .. rows.Where(row => row.Label == "virginica")], FullBatch(null)));

        AssertSame(doubled, BlobTask.Weights(BlobTask.Train(_ml, rows, FullBatch(new() { ["virginica"] = 2 }))));
    }

    [TestMethod]
    public void Class_weights_multiply_the_weights_of_the_examples()
    {
        List<Blob> rows = Blob.Rows(60, distance: 1);
        rows.ForEach(row => row.Weight = row.Features[0] > 0 ? 3 : 1);
        var options = FullBatch(new() { ["setosa"] = 0.5f, ["virginica"] = 4 });
        options.ExampleWeightColumnName = "Weight";
        float[] both = BlobTask.Weights(BlobTask.Train(_ml, rows, options));
        rows.ForEach(row => row.Weight *= row.Label switch { "setosa" => 0.5f, "virginica" => 4, _ => 1 });
        options.ClassWeights = null;

        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, rows, options)), both);
    }

    [TestMethod]
    public void A_class_of_weight_zero_is_absent()
    {
        var options = BlobTask.Options();
        (options.EarlyStopping, options.ValidationFraction) = (true, 0.2);
        List<Blob> rows = Blob.Rows();
        float[] absent = BlobTask.Weights(BlobTask.Train(_ml, rows.Where(row => row.Label != "virginica"), options));
        options.ClassWeights = new() { ["virginica"] = 0 };

        CollectionAssert.AreEqual(absent, BlobTask.Weights(BlobTask.Train(_ml, rows, options)));
    }

    [TestMethod]
    public void The_classes_of_a_binary_trainer_are_true_and_false()
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(60, distance: 1);
        var options = BinaryTask.Options();
        options.ClassWeights = new() { ["true"] = 3, ["false"] = 0.5f };
        float[] byClass = BinaryTask.Weights(BinaryTask.Train(_ml, rows, options).Model.SubModel);
        rows.ForEach(row => row.Weight = row.Label ? 3 : 0.5f);
        (options.ClassWeights, options.ExampleWeightColumnName) = (null, "Weight");

        CollectionAssert.AreEqual(BinaryTask.Weights(BinaryTask.Train(_ml, rows, options).Model.SubModel), byClass);
    }

    [TestMethod]
    public void A_number_that_was_mapped_to_a_key_names_its_class()
    {
        List<NumberedBlob> rows = [.. Blob.Rows(60, distance: 1).Select((row, i) => new NumberedBlob { Label = 0.5f * (i % 3), Features = row.Features, Weight = i % 3 == 1 ? 5 : 1 })];
        float[] Weights(SimpleNnMulticlassTrainer.Options options) => BlobTask.Weights(_ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.MulticlassClassification.Trainers.SimpleNn(options)).Fit(_ml.Data.LoadFromEnumerable(rows)).LastTransformer.Model);
        var byName = BlobTask.Options();
        byName.ClassWeights = new() { ["0.5"] = 5 };
        var byRow = BlobTask.Options();
        byRow.ExampleWeightColumnName = "Weight";

        CollectionAssert.AreEqual(Weights(byRow), Weights(byName));
    }

    [TestMethod]
    public void A_key_without_values_names_classes_by_number()
    {
        var options = BlobTask.Options();
        options.ClassWeights = new() { ["4"] = 2 };
        var rows = Blob.Rows(30).Select((row, i) => new KeyedBlob { Label = (uint)(i % 3), Features = row.Features });
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(_ml.Data.LoadFromEnumerable(rows)));

        Assert.AreEqual("ClassWeights names the class '4', which label column 'Label' does not have: it has '1', '2', '3'.", error.Message);
    }

    [TestMethod]
    public void Balanced_classes_weigh_rows_over_classes_times_rows_of_the_class()
    {
        // 60 rows: 40 of setosa, 12 of versicolor, 8 of virginica; those of virginica have weight 1.5, and so count 12.
        List<Blob> rows = [.. Blob.Rows(120, distance: 1).GroupBy(row => row.Label).SelectMany((rows, i) => rows.Take(new[] { 40, 12, 8 }[i]))];
        rows.ForEach(row => row.Weight = row.Label == "virginica" ? 1.5f : 1);
        var options = BlobTask.Options();
        (options.ExampleWeightColumnName, options.BalanceClasses) = ("Weight", true);
        float[] balanced = BlobTask.Weights(BlobTask.Train(_ml, rows, options));
        options.BalanceClasses = false;
        options.ClassWeights = new() { ["setosa"] = 64f / (3 * 40), ["versicolor"] = 64f / (3 * 12), ["virginica"] = 64f / (3 * 12) };

        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, rows, options)), balanced);
    }

    [TestMethod]
    public void Balancing_raises_the_recall_of_a_rare_class()
    {
        List<BinaryBlob> all = BinaryBlob.TwoClouds(1200, distance: 0.8f, seed: 1);
        List<BinaryBlob> rows = [.. all.Where(row => !row.Label), .. all.Where(row => row.Label).Take(40)];
        IDataView test = _ml.Data.LoadFromEnumerable(BinaryBlob.TwoClouds(1000, distance: 0.8f, seed: 2));
        double Recall(bool balance)
        {
            var options = BinaryTask.Options();
            options.BalanceClasses = balance;
            options.NormalizeFeatures = false; // they are of unit size; in pieces, 40 rows are soon known one by one
            return _ml.BinaryClassification.Evaluate(BinaryTask.Train(_ml, rows, options).Transform(test)).PositiveRecall;
        }

        // Balanced, the best classifier's recall is that of equally frequent classes: the normal distribution at 0.8 / sqrt(2), 0.71.
        Assert.IsLessThan(0.3, Recall(false));
        Assert.AreEqual(0.71, Recall(true), 0.1);
    }

    [TestMethod]
    public void Validation_rows_count_by_class_too()
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(40, distance: 1, seed: 2);
        var options = BinaryTask.Options();
        options.ClassWeights = new() { ["true"] = 4 };
        var model = _ml.BinaryClassification.Trainers.SimpleNn(options)
            .Fit(_ml.Data.LoadFromEnumerable(BinaryBlob.Rows(distance: 1)), _ml.Data.LoadFromEnumerable(rows)).Model.SubModel;

        double[] weights = [.. rows.Select(row => row.Label ? 4.0 : 1.0)];
        double[] losses = [.. rows.Select(row => model.Predict(row.Features)[0] is var p && row.Label ? -Math.Log(p) : -Math.Log(1 - p))];
        Assert.AreEqual(weights.Zip(losses, (w, l) => w * l).Sum() / weights.Sum(), model.TrainingHistory.Epochs[^1].ValidationLoss!.Value, 1e-5);
    }

    [TestMethod]
    [DataRow(-1f, "-1")]
    [DataRow(float.NaN, "NaN")]
    [DataRow(float.PositiveInfinity, "Infinity")]
    public void A_weight_that_is_none_is_refused(float weight, string text)
    {
        var options = new SimpleNnMulticlassTrainer.Options { ClassWeights = new() { ["setosa"] = 1, ["rose"] = weight } };
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(options));

        Assert.StartsWith($"ClassWeights[\"rose\"] is {text}: it must be a finite number, 0 or more; 0 leaves the rows of the class out.", error.Message);
    }

    [TestMethod]
    public void Balancing_and_weights_together_are_refused()
    {
        var options = new SimpleNnBinaryTrainer.Options { ClassWeights = new() { ["true"] = 2 }, BalanceClasses = true };
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.Trainers.SimpleNn(options));

        Assert.StartsWith("BalanceClasses is true: it must be false where ClassWeights are given; use one of the two.", error.Message);
    }

    [TestMethod]
    public void An_unknown_class_is_refused() => AssertRefused(
        "ClassWeights names the class 'rose', which label column 'Label' does not have: it has 'setosa', 'versicolor', 'virginica'.", new() { ["rose"] = 2 });

    [TestMethod]
    public void Weights_that_leave_one_class_are_refused() => AssertRefused(
        "ClassWeights leaves training rows of one class only, 'virginica': a classifier needs two classes or more with a weight above 0.",
        new() { ["setosa"] = 0, ["versicolor"] = 0 });

    [TestMethod]
    public void Validation_rows_of_classes_without_weight_are_refused()
    {
        var options = BlobTask.Options();
        options.ClassWeights = new() { ["setosa"] = 0 };
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(options);
        IDataView validation = BlobTask.Keyed(_ml, Blob.Rows(30).Where(row => row.Label == "setosa"));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(BlobTask.Keyed(_ml, Blob.Rows()), validation));

        Assert.AreEqual("No row of the validation data can be used: ClassWeights gives all their classes the weight 0.", error.Message);
    }

    [TestMethod]
    public void Weights_changed_after_the_trainer_was_made_do_not_reach_it()
    {
        var options = BlobTask.Options();
        options.ClassWeights = new() { ["virginica"] = 2 };
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(options);
        float[] before = BlobTask.Weights(trainer.Fit(BlobTask.Keyed(_ml, Blob.Rows(60))).Model);
        options.ClassWeights["virginica"] = 100;

        CollectionAssert.AreEqual(before, BlobTask.Weights(trainer.Fit(BlobTask.Keyed(_ml, Blob.Rows(60))).Model));
    }

    private void AssertRefused(string message, Dictionary<string, float> weights)
    {
        var options = BlobTask.Options();
        options.ClassWeights = weights;
        Assert.AreEqual(message, Assert.ThrowsExactly<InvalidOperationException>(() => BlobTask.Train(_ml, Blob.Rows(60), options)).Message);
    }

    private static SimpleNnMulticlassTrainer.Options FullBatch(Dictionary<string, float>? weights)
    {
        var options = BlobTask.Options();
        (options.BatchSize, options.ClassWeights, options.Activation) = (1000, weights, Activation.Tanh);
        options.Optimizer = new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.5f };
        return options;
    }

    private static void AssertSame(float[] expected, float[] actual) => Assert.IsLessThan(1e-5, expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max());

    private sealed class NumberedBlob
    {
        public float Label { get; set; }

        [VectorType(Blob.FeatureCount)]
        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }

    private sealed class KeyedBlob
    {
        // Counted from 0 here, as LoadFromEnumerable takes keys.
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(Blob.FeatureCount)]
        public float[] Features { get; set; } = [];
    }
}
