using System.Reflection;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The course of a training: validation rows, early stopping, going on, reports, cancellation.</summary>
[TestClass]
public sealed class MulticlassTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Given_validation_rows_are_measured_and_all_training_rows_trained_on()
    {
        var log = new LogCapture(_ml);
        IDataView training = BlobTask.Keyed(_ml, Blob.Rows(150)), validation = BlobTask.Keyed(_ml, Blob.Rows(30, seed: 2));
        var model = _ml.MulticlassClassification.Trainers.SimpleNn(BlobTask.Options()).Fit(training, validation).Model;

        Assert.Contains("Training on 150 rows with 4 features, 30 rows for validation.", log.Info);
        double right = Blob.Rows(30, seed: 2).Average(row => model.Predict(row.Features) is var p && Blob.Classes[Array.IndexOf(p, p.Max())] == row.Label ? 1.0 : 0.0);
        Assert.AreEqual(right, model.TrainingHistory.Epochs[model.TrainingHistory.BestEpoch - 1].ValidationAccuracy!.Value, 1e-12);
    }

    [TestMethod]
    public void Early_stopping_holds_out_its_fraction_and_restores_the_best_epoch()
    {
        var log = new LogCapture(_ml);
        var options = BlobTask.Options();
        (options.EarlyStopping, options.ValidationFraction, options.Patience, options.NumberOfEpochs) = (true, 0.2, 3, 500);
        var history = BlobTask.Train(_ml, Blob.Rows(150, distance: 1), options).TrainingHistory;

        Assert.Contains("Training on 120 rows with 4 features, 30 rows for validation.", log.Info);
        Assert.AreEqual(StopReason.EarlyStopping, history.StopReason);
        EpochMetrics lowest = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.AreEqual(history.Epochs.Count - 3, lowest.Epoch);
        Assert.AreEqual(history.Epochs.Last(epoch => epoch.IsBest).Epoch, history.BestEpoch);
        Assert.IsGreaterThanOrEqualTo(lowest.Epoch, history.BestEpoch);
    }

    [TestMethod]
    public void Too_few_rows_to_hold_out_means_none_and_all_epochs()
    {
        var log = new LogCapture(_ml);
        var options = BlobTask.Options();
        (options.EarlyStopping, options.Patience) = (true, 1);
        var history = BlobTask.Train(_ml, Blob.Rows(90), options).TrainingHistory;

        Assert.Contains("Training on 90 rows with 4 features, 0 rows for validation.", log.Info);
        Assert.AreEqual(StopReason.Completed, history.StopReason);
        Assert.HasCount(options.NumberOfEpochs!.Value, history.Epochs);
    }

    [TestMethod]
    public void Without_early_stopping_the_last_epoch_is_kept()
    {
        var options = BlobTask.Options();
        options.MinimumImprovement = 5;

        Assert.AreEqual(options.NumberOfEpochs, BlobTask.Train(_ml, Blob.Rows(60), options).TrainingHistory.BestEpoch);
    }

    [TestMethod]
    public void A_linear_model_has_the_output_layer_only()
    {
        var options = BlobTask.Options();
        options.HiddenLayers = [];
        var network = BlobTask.Train(_ml, Blob.Rows(60), options).Network;

        Assert.HasCount(1, network.Layers);
        Assert.AreEqual((4, 3), (network.Inputs, network.Outputs));
    }

    [TestMethod]
    public void Going_on_starts_from_the_given_model_and_leaves_it_as_it_is()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(60, distance: 2));
        var options = BlobTask.Options();
        var first = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(data).Model;
        float[] before = BlobTask.Weights(first);
        var further = _ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(data, first).Model;

        CollectionAssert.AreEqual(before, BlobTask.Weights(first));
        Assert.IsLessThan(first.TrainingHistory.Epochs[^1].TrainingLoss, further.TrainingHistory.Epochs[^1].TrainingLoss);
        // The first epoch starts about where the earlier training ended, far below where that one started.
        Assert.IsLessThan((first.TrainingHistory.Epochs[0].TrainingLoss + first.TrainingHistory.Epochs[^1].TrainingLoss) / 2, further.TrainingHistory.Epochs[0].TrainingLoss);
    }

    [TestMethod]
    public void Going_on_with_a_network_of_another_shape_is_refused()
    {
        var model = BlobTask.Train(_ml, Blob.Rows(60));
        var options = BlobTask.Options();
        (options.HiddenLayers, options.Activation) = ([5, 6], Activation.Tanh);
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(options);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(BlobTask.Keyed(_ml, Blob.Rows(60)), model));

        Assert.AreEqual("The given model cannot be trained further: its network is 4-8-3 with ReLU, but data and options ask for 4-5-6-3 with Tanh. " +
            "Give the trainer the hidden layers and the activation of the model, and data with the same features and as many classes or numbers in the label.", error.Message);
    }

    [TestMethod]
    public void Each_epoch_is_reported_and_logged()
    {
        var log = new LogCapture(_ml);
        var reported = new List<EpochMetrics>();
        var options = BlobTask.Options();
        options.Progress = new Listener(reported.Add);
        var history = BlobTask.Train(_ml, Blob.Rows(60), options).TrainingHistory;

        CollectionAssert.AreEqual(history.Epochs.ToArray(), reported);
        string[] lines = log.Info.Where(line => line.StartsWith("Epoch ", StringComparison.Ordinal)).ToArray();
        Assert.HasCount(15, lines);
        for (int i = 0; i < 15; i++)
            Assert.StartsWith($"Epoch {i + 1}/15: training loss ", lines[i]);
    }

    [TestMethod]
    public void Cancelling_keeps_the_epochs_that_ended()
    {
        using var cancellation = new CancellationTokenSource();
        var options = BlobTask.Options();
        options.CancellationToken = cancellation.Token;
        options.Progress = new Listener(epoch =>
        {
            if (epoch.Epoch == 4)
                cancellation.Cancel();
        });
        var history = BlobTask.Train(_ml, Blob.Rows(60), options).TrainingHistory;

        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.HasCount(4, history.Epochs);
    }

    [TestMethod]
    public void Cancelling_before_the_first_epoch_leaves_no_model()
    {
        var options = BlobTask.Options();
        options.CancellationToken = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => BlobTask.Train(_ml, Blob.Rows(60), options));
    }

    [TestMethod]
    public void Cancelling_the_context_abandons_the_training()
    {
        var options = BlobTask.Options();
        // The method is internal; AutoML calls it.
        MethodInfo cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!;
        int epochs = 0;
        options.Progress = new Listener(_ =>
        {
            if (++epochs == 2)
                cancel.Invoke(_ml, null);
        });

        Assert.Throws<OperationCanceledException>(() => BlobTask.Train(_ml, Blob.Rows(60), options));
        Assert.AreEqual(2, epochs);
    }

    [TestMethod]
    public void Info_tells_what_the_trainer_wants()
    {
        var options = BlobTask.Options();
        SimpleNnMulticlassTrainer standardising = _ml.MulticlassClassification.Trainers.SimpleNn(options);
        options.NormalizeFeatures = false;
        SimpleNnMulticlassTrainer plain = _ml.MulticlassClassification.Trainers.SimpleNn(options);

        Assert.AreEqual((false, false), (standardising.Info.NeedNormalization, standardising.Info.WantCaching));
        Assert.IsTrue(plain.Info.NeedNormalization);
    }

    [TestMethod]
    [DataRow(10, 16)]
    [DataRow(1000, 16)]
    [DataRow(5000, 64)]
    [DataRow(1_000_000, 64)]
    public void Batch_size_grows_with_the_rows(int rows, int expected) => Assert.AreEqual(expected, SimpleNnDefaults.BatchSizeFor(rows, sparse: false));

    [TestMethod]
    [DataRow(100, 16, 100)]
    [DataRow(3200, 32, 40)]
    [DataRow(54_000, 64, 20)]
    public void Small_data_gets_more_epochs(int rows, int batchSize, int expected) => Assert.AreEqual(expected, SimpleNnDefaults.NumberOfEpochsFor(rows, batchSize, SimpleNnDefaults.FewestEpochs));

    [TestMethod]
    [DataRow(1000, 100)]
    [DataRow(60_000, 2000)]
    public void A_tenth_is_held_out_but_not_more_than_2000_rows(int rows, int expected) =>
        Assert.AreEqual(expected, SimpleNnDefaults.ValidationFractionFor(rows) * rows, 1e-9);

    private sealed class Listener(Action<EpochMetrics> report) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => report(value);
    }
}
