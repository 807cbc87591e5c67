using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Data that leave nothing to learn, or a training that learnt nothing: what can be said is predicted, and one warning says what is wrong.</summary>
[TestClass]
public sealed class ConstantLabelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1e-6f, "1E-06")]
    [DataRow(1e20f, "1E+20")]
    [DataRow(-3.5f, "-3.5")]
    [DataRow(0f, "0")]
    public void A_label_that_is_always_the_same_is_predicted_as_itself_with_one_warning(float label, string text)
    {
        foreach (Loss? loss in new[] { null, Loss.AbsoluteError, Loss.Huber(), Loss.Quantile(0.1f, 0.9f) })
        {
            (float[] predictions, string[] warnings) = Train(Rows(_ => label), loss);

            Assert.IsTrue(predictions.All(prediction => prediction == label), $"{loss?.GetType().Name}: {predictions.Min()} to {predictions.Max()}");
            CollectionAssert.AreEqual(new[] { $"Label column 'Label' is {text} in all training rows: the model predicts that, whatever the features are. If it should differ, look at how the column is made." }, warnings);
        }
    }

    [TestMethod]
    [DataRow(1e-6f)]
    [DataRow(1e20f)]
    [DataRow(0f)]
    public void A_rate_that_is_always_the_same_is_predicted_to_the_rounding_of_its_logarithm(float label)
    {
        (float[] predictions, string[] warnings) = Train(Rows(_ => label), Loss.Poisson);

        Assert.HasCount(1, warnings);
        foreach (float prediction in predictions) Assert.AreEqual(label, prediction, Math.Max(1e-5 * label, 1.2e-38)); // e^-200 is the smallest normal number
    }

    [TestMethod]
    public void Of_several_numbers_those_that_never_change_are_named()
    {
        var log = new LogCapture(_ml);
        IDataView data = Named(Rows(i => i), "Label", "Seven", "Missing");
        float[] prediction = _ml.Regression.Trainers.SimpleNn(Options()).Fit(data).Model.Predict([3]);

        Assert.AreEqual(7, prediction[1]);
        CollectionAssert.Contains(log.Warnings,
            "Label column 'Label' is the same in all training rows in slot 1 'Seven' (7): the model predicts that, whatever the features are. If it should differ, look at how the column is made.");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Training_goes_on_with_a_label_that_changes_where_it_did_not_before(bool rates)
    {
        var options = Options();
        (options.NumberOfEpochs, options.Loss) = (60, rates ? Loss.Poisson : null);
        var trainer = _ml.Regression.Trainers.SimpleNn(options);
        var constant = trainer.Fit(_ml.Data.LoadFromEnumerable(Rows(_ => 5)));
        IDataView changing = _ml.Data.LoadFromEnumerable(Rows(i => i % 40));

        Assert.IsGreaterThan(0.9, _ml.Regression.Evaluate(trainer.Fit(changing, constant.Model).Transform(changing)).RSquared);
    }

    [TestMethod]
    public void Features_that_are_always_the_same_are_one_warning()
    {
        (float[] predictions, string[] warnings) = Train([.. Rows(i => i).Select(row => row with { Features = [7] })], null);

        CollectionAssert.AreEqual(new[] { "All 200 rows of the training data have the same features in column 'Features': the model predicts the same for every row that is like them. Look at how the column is made." }, warnings);
        Assert.AreEqual(99.5, predictions[0], 5, "the mean of the labels");
    }

    [TestMethod]
    public void A_loss_far_above_that_of_predicting_the_mean_is_one_warning()
    {
        var log = new LogCapture(_ml);
        var options = Options();
        (options.Optimizer, options.NormalizeLabel) = (new AdamOptimizer { LearningRate = 1e-6f }, false);
        _ml.Regression.Trainers.SimpleNn(options).Fit(_ml.Data.LoadFromEnumerable(Rows(i => 1000 + i % 2)));

        // The labels are 1000 and 1001, of variance 1/4; the network gives about 0.
        Assert.HasCount(1, log.Warnings);
        StringAssert.Matches(log.Warnings[0], new(@"^The loss of the trained network, 1\.00\dE\+06 on the training rows, is far above 0\.25, that of predicting the mean of the label, or the frequencies of its classes, for every row: " +
            @"the training did not succeed\. Try a larger learning rate than 1E-06, or more epochs; keep NormalizeFeatures on\.$"));
    }

    [TestMethod]
    public void Classes_whose_loss_is_far_above_that_of_their_frequencies_are_one_warning()
    {
        var log = new LogCapture(_ml);
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        (options.NormalizeFeatures, options.Optimizer, options.NumberOfEpochs) = (false, new SgdOptimizer { LearningRate = 3 }, 1);
        IDataView rows = BlobTask.Keyed(_ml, Blob.Rows(90)), far = BlobTask.Keyed(_ml, Blob.Rows(90, distance: -50, seed: 3));
        _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(rows, far);

        // Of three classes in turn the frequencies are 1/3 each, and the loss log 3 = 1.099.
        Assert.HasCount(1, log.Warnings);
        Assert.Contains(" on the validation rows, is far above 1.099, ", log.Warnings[0]);
    }

    [TestMethod]
    public void A_training_that_learns_warns_of_nothing()
    {
        (float[] predictions, string[] warnings) = Train(Rows(i => i), null);

        Assert.IsEmpty(warnings);
        Assert.AreNotEqual(predictions[0], predictions[^1]);
    }

    private static (float[] Predictions, string[] Warnings) Train(Row[] rows, Loss? loss)
    {
        var ml = new MLContext(seed: 1);
        var log = new LogCapture(ml);
        var options = Options();
        options.Loss = loss;
        SimpleNnRegressionModelParameters model = ml.Regression.Trainers.SimpleNn(options).Fit(ml.Data.LoadFromEnumerable(rows)).Model;
        return ([.. rows.SelectMany(row => model.Predict(row.Features))], log.Warnings);
    }

    /// <summary>A label of three numbers: the row's, 7, and one that is missing in every other row.</summary>
    private IDataView Named(Row[] rows, params string[] names)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows.Select((row, i) => new Wide { Features = row.Features, Label = row.Label, Seven = 7, Missing = i % 2 == 0 ? i : float.NaN }));
        return _ml.Transforms.Concatenate("Label", names).Fit(data).Transform(data);
    }

    private static SimpleNnRegressionTrainer.Options Options() => new() { HiddenLayers = [16], NumberOfEpochs = 10, EarlyStopping = false, Seed = 1, NumberOfThreads = 1 };

    private static Row[] Rows(Func<int, float> label) => [.. Enumerable.Range(0, 200).Select(i => new Row { Features = [i % 40], Label = label(i) })];

    private sealed record Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Wide
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Seven { get; set; }

        public float Missing { get; set; }
    }
}
