using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>The trainers' options that end a training, and which rows it is judged by.</summary>
[TestClass]
public sealed class StoppingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_time_budget_that_is_used_up_at_once_gives_a_model_and_a_warning()
    {
        var log = new LogCapture(_ml);
        var options = BlobTask.Options();
        (options.TimeBudget, options.EarlyStopping, options.ValidationFraction) = (TimeSpan.FromTicks(1), true, 0.2);
        var model = BlobTask.Train(_ml, Blob.Rows(600), options);

        Assert.AreEqual(StopReason.TimeBudget, model.TrainingHistory.StopReason);
        Assert.HasCount(1, model.TrainingHistory.Epochs);
        Assert.IsNotNull(model.TrainingHistory.Epochs[0].ValidationLoss);
        CollectionAssert.AreEqual(new[] { "The time budget was used up: 1 epochs run, the weights are those of epoch 1." }, log.Warnings);
    }

    [TestMethod]
    public void The_longest_time_budget_is_none()
    {
        var options = BlobTask.Options();
        float[] without = BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(60), options));
        options.TimeBudget = TimeSpan.MaxValue;

        CollectionAssert.AreEqual(without, BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(60), options)));
    }

    [TestMethod]
    public void The_listener_of_the_progress_ends_the_training()
    {
        var options = BinaryTask.Options();
        options.Progress = new Listener(epoch =>
        {
            if (epoch.Epoch == 4)
                epoch.Stop();
        });
        var model = BinaryTask.Train(_ml, BinaryBlob.Rows(60), options).Model.SubModel;
        (options.Progress, options.NumberOfEpochs) = (null, 4);

        Assert.AreEqual((StopReason.StopRequested, 4), (model.TrainingHistory.StopReason, model.TrainingHistory.Epochs.Count));
        CollectionAssert.AreEqual(BinaryTask.Weights(BinaryTask.Train(_ml, BinaryBlob.Rows(60), options).Model.SubModel), BinaryTask.Weights(model));
    }

    [TestMethod]
    public void Every_reason_to_stop_is_saved_with_the_model()
    {
        var options = BlobTask.Options();
        options.Progress = new Listener(epoch => epoch.Stop());
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(60));
        using var stream = new MemoryStream();
        _ml.Model.Save(_ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(data), data.Schema, stream);
        stream.Position = 0;
        var loaded = (ML.Trainers.SimpleNn.SimpleNnMulticlassModelParameters)((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(stream, out _)).Model;

        Assert.AreEqual(StopReason.StopRequested, loaded.TrainingHistory.StopReason);
    }

    private sealed class Listener(Action<EpochMetrics> report) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => report(value);
    }
}
