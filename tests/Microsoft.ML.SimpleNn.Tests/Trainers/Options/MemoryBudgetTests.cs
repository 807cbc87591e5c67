using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Rows that take more than MemoryBudget are read anew in each epoch, and every trainer trains on them as on rows in memory.</summary>
[TestClass]
public sealed class MemoryBudgetTests
{
    private const long Little = 2000; // bytes: a fraction of the rows of these tests
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void In_the_order_of_the_rows_each_trainer_gives_the_bits_of_rows_in_memory()
    {
        // L-BFGS takes the rows in their order, so that nothing differs but where they come from.
        Check(new SimpleNnMulticlassTrainer.Options(), options => BlobTask.Train(_ml, Blob.Rows(), options).Network);
        Check(new SimpleNnBinaryTrainer.Options(), options => BinaryTask.Train(_ml, BinaryBlob.Rows(), options).Model.SubModel.Network);
        Check(new SimpleNnRegressionTrainer.Options(), options => _ml.Regression.Trainers.SimpleNn(options).Fit(Lengths()).Model.Network);
        Check(new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [3] }, options => AutoencoderTask.Train(_ml, Reading.Rows(), options).Model.Network);

        static void Check<TOptions>(TOptions options, Func<TOptions, Network> train)
            where TOptions : SimpleNnOptionsBase
        {
            (options.Optimizer, options.NumberOfEpochs, options.BatchSize, options.EarlyStopping, options.Seed) = (new LbfgsOptimizer(), 5, 16, false, 1);
            float[] stored = train(options).AllWeights();
            options.MemoryBudget = Little;
            CollectionAssert.AreEqual(stored, train(options).AllWeights(), typeof(TOptions).ToString());
        }
    }

    [TestMethod]
    public void Pixels_in_memory_which_are_bytes_give_the_bits_of_streamed_ones_which_are_floats()
    {
        List<Blob> rows = Blob.Rows();
        foreach (Blob row in rows) row.Features = [.. row.Features.Select(value => Math.Clamp(MathF.Round(20 * (value + 3)), 0, 255))];
        float[] stored = Weights(null);

        CollectionAssert.AreEqual(stored, Weights(Little));

        float[] Weights(long? budget)
        {
            var options = Options(budget, earlyStopping: false);
            (options.Optimizer, options.BatchSize) = (new LbfgsOptimizer(), 16);
            return BlobTask.Weights(BlobTask.Train(_ml, rows, options));
        }
    }

    [TestMethod]
    public void Rows_that_fit_give_the_same_model_whatever_the_budget()
    {
        float[] weights = BlobTask.Weights(Train(Blob.Rows(), null));

        CollectionAssert.AreEqual(weights, BlobTask.Weights(Train(Blob.Rows(), 1L << 20)));
        CollectionAssert.AreNotEqual(weights, BlobTask.Weights(Train(Blob.Rows(), Little)));
    }

    [TestMethod]
    public void Streamed_rows_are_learnt_as_well_and_give_the_same_bits_on_any_number_of_threads()
    {
        SimpleNnMulticlassModelParameters model = Train(Blob.Rows(600), Little, earlyStopping: true), same = Train(Blob.Rows(600), Little, earlyStopping: true, threads: 3);

        Assert.IsGreaterThan(0.97, Accuracy(model));
        CollectionAssert.AreEqual(BlobTask.Weights(model), BlobTask.Weights(same));
        Assert.IsTrue(model.TrainingHistory.Epochs.All(epoch => epoch.ValidationAccuracy > 0));
    }

    [TestMethod]
    public void Each_network_of_an_ensemble_is_the_one_that_is_trained_alone()
    {
        var options = Options(Little, earlyStopping: true);
        options.EnsembleSize = 2;
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(), options);
        (options.EnsembleSize, options.Seed) = (1, 2);

        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(), options)), ensemble.Networks[1].AllWeights());
    }

    [TestMethod]
    public void Class_weights_count_as_in_memory()
    {
        var options = Options(null);
        (options.Optimizer, options.BatchSize, options.ClassWeights) = (new LbfgsOptimizer(), 16, new() { [Blob.Classes[0]] = 3, [Blob.Classes[2]] = 0 });
        float[] stored = BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(), options));
        options.MemoryBudget = Little;

        CollectionAssert.AreEqual(stored, BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(), options)));
    }

    [TestMethod]
    public void Balanced_classes_count_as_in_memory()
    {
        var options = Options(null);
        (options.Optimizer, options.BatchSize, options.BalanceClasses, options.ExampleWeightColumnName) = (new LbfgsOptimizer(), 16, true, "Weight");
        List<Blob> rows = [.. Blob.Rows().Where((row, i) => row.Label != Blob.Classes[0] || i % 2 == 0)];
        for (int i = 0; i < rows.Count; i++) rows[i].Weight = i % 3;
        float[] stored = BlobTask.Weights(BlobTask.Train(_ml, rows, options));
        options.MemoryBudget = Little;

        CollectionAssert.AreEqual(stored, BlobTask.Weights(BlobTask.Train(_ml, rows, options)));
    }

    [TestMethod]
    public void Validation_rows_that_are_given_judge_each_epoch()
    {
        IDataView training = BlobTask.Keyed(_ml, Blob.Rows()), validation = BlobTask.Keyed(_ml, Blob.Rows(400, seed: 2));
        var options = Options(Little, earlyStopping: true);
        var model = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(training, validation).Model;
        (options.MemoryBudget, options.Optimizer) = (null, new LbfgsOptimizer());
        double? stored = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(training, validation).Model.TrainingHistory.Epochs[0].ValidationLoss;
        options.MemoryBudget = Little;
        double? streamed = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(training, validation).Model.TrainingHistory.Epochs[0].ValidationLoss;

        Assert.AreEqual(stored, streamed);
        Assert.IsGreaterThan(0.97, Accuracy(model));
    }

    [TestMethod]
    public void The_threshold_of_anomalies_is_measured_on_the_rows_held_out_or_on_some_of_all()
    {
        foreach (bool earlyStopping in new[] { true, false })
        {
            var options = AutoencoderTask.Options();
            (options.MemoryBudget, options.EarlyStopping, options.Contamination) = (20_000, earlyStopping, 0.1);
            List<Reading> rows = Reading.Rows(2000);
            bool[] labels = AutoencoderTask.Labels(AutoencoderTask.Train(_ml, rows, options).Transform(_ml.Data.LoadFromEnumerable(rows)));

            // The threshold comes from some 200 rows, whose share has a standard deviation of 0.02.
            Assert.AreEqual(0.1, labels.Count(label => label) / 2000.0, 0.08);
        }
    }

    [TestMethod]
    public void Sparse_rows_stay_sparse()
    {
        var rows = Enumerable.Range(0, 300).Select(row => new { Label = row % 2 == 0, Words = row % 2 == 0 ? $"good w{row % 7}" : $"bad w{row % 7}" });
        IDataView texts = _ml.Data.LoadFromEnumerable(rows);
        IDataView data = _ml.Transforms.Text.TokenizeIntoWords("Words").Append(_ml.Transforms.Conversion.MapValueToKey("Words"))
            .Append(_ml.Transforms.Text.ProduceHashedNgrams("Features", "Words", numberOfBits: 10)).Fit(texts).Transform(texts);
        var options = BinaryTask.Options();
        (options.Optimizer, options.BatchSize) = (new LbfgsOptimizer(), 16);
        float[] stored = BinaryTask.Weights(_ml.BinaryClassification.Trainers.SimpleNn(options).Fit(data).Model.SubModel);
        options.MemoryBudget = Little;

        CollectionAssert.AreEqual(stored, BinaryTask.Weights(_ml.BinaryClassification.Trainers.SimpleNn(options).Fit(data).Model.SubModel));
    }

    [TestMethod]
    public void A_bad_row_is_refused_with_its_number_wherever_it_is()
    {
        List<Blob> rows = Blob.Rows();
        rows[140].Features[2] = float.NaN;
        var options = Options(Little);
        options.MissingFeatures = MissingFeatures.Refuse;

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => BlobTask.Train(_ml, rows, options));
        StringAssert.StartsWith(error.Message, "Feature column 'Features' has NaN, a missing value, in row 141 of the training data (counted from 1), slot 2");
    }

    [TestMethod]
    public void An_error_of_the_pipeline_in_an_epoch_surfaces_in_Fit()
    {
        int read = 0;
        IEnumerable<Blob> Rows()
        {
            foreach (Blob row in Blob.Rows())
                yield return ++read < 500 ? row : throw new IOException("The disk is gone.");
        }

        IDataView data = BlobTask.Keyed(_ml, Rows());
        var error = Assert.Throws<Exception>(() => _ml.MulticlassClassification.Trainers.SimpleNn(Options(Little)).Fit(data));
        StringAssert.Contains(error.ToString(), "The disk is gone.");
    }

    [TestMethod]
    public void A_budget_below_1_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(Options(0)));
        StringAssert.StartsWith(error.Message, "MemoryBudget is 0: it must be 1 byte or more; with null it is half of the memory that the runtime may use.");
        _ = _ml.MulticlassClassification.Trainers.SimpleNn(Options(1));
    }

    private static SimpleNnMulticlassTrainer.Options Options(long? budget, bool earlyStopping = false)
    {
        var options = BlobTask.Options();
        (options.MemoryBudget, options.EarlyStopping, options.ValidationFraction) = (budget, earlyStopping, earlyStopping ? 0.2 : null);
        return options;
    }

    private SimpleNnMulticlassModelParameters Train(List<Blob> rows, long? budget, bool earlyStopping = false, int threads = 1)
    {
        var options = Options(budget, earlyStopping);
        options.NumberOfThreads = threads;
        return BlobTask.Train(_ml, rows, options);
    }

    private static double Accuracy(SimpleNnMulticlassModelParameters model)
    {
        List<Blob> test = Blob.Rows(300, seed: 3);
        return test.Average(row => Array.IndexOf(Blob.Classes, row.Label) == Array.IndexOf(model.Predict(row.Features), model.Predict(row.Features).Max()) ? 1.0 : 0.0);
    }

    /// <summary>Rows whose label is the sum of their features.</summary>
    private IDataView Lengths() => _ml.Data.LoadFromEnumerable(Reading.Rows().Select(row => new Reading { Label = row.Features.Sum(), Features = row.Features }));
}
