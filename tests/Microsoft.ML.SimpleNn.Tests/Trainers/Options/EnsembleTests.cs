using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>EnsembleSize: which networks are trained, that their predictions are averaged, and what happens when the training is ended.</summary>
[TestClass]
public sealed class EnsembleTests
{
    private const int Size = 3;
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void With_thorough_effort_eight_networks_are_trained_unless_another_number_is_given()
    {
        SimpleNnMulticlassTrainer.Options options = BlobTask.Options();
        (options.Effort, options.NumberOfEpochs) = (Effort.Thorough, 1);
        var thorough = BlobTask.Train(_ml, Blob.Rows(30), options);
        (options.Effort, options.EnsembleSize) = (Effort.Standard, 8);
        var eight = BlobTask.Train(_ml, Blob.Rows(30), options);

        CollectionAssert.AreEqual(eight.Networks.SelectMany(network => network.AllWeights()).ToArray(), thorough.Networks.SelectMany(network => network.AllWeights()).ToArray());
        (options.Effort, options.EnsembleSize) = (Effort.Thorough, 2);
        Assert.HasCount(2, BlobTask.Train(_ml, Blob.Rows(30), options).Networks);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Each_network_is_the_one_that_is_trained_alone_with_its_seed(bool earlyStopping)
    {
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(), Options(earlyStopping));

        Assert.HasCount(Size, ensemble.Networks);
        Assert.AreSame(ensemble.Networks[0], ensemble.Network);
        Assert.AreSame(ensemble.TrainingHistories[0], ensemble.TrainingHistory);
        for (int member = 0; member < Size; member++)
        {
            SimpleNnMulticlassModelParameters alone = BlobTask.Train(_ml, Blob.Rows(), Options(earlyStopping, seed: 1 + member, size: 1));
            CollectionAssert.AreEqual(BlobTask.Weights(alone), ensemble.Networks[member].AllWeights(), $"network {member + 1}");
            CollectionAssert.AreEqual(Losses(alone.TrainingHistory), Losses(ensemble.TrainingHistories[member]));
        }

        static double?[] Losses(TrainingHistory history) => [.. history.Epochs.SelectMany(epoch => new[] { epoch.TrainingLoss, epoch.ValidationLoss })];
    }

    [TestMethod]
    public void Probabilities_of_several_classes_are_averaged()
    {
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(distance: 1), Options());
        SimpleNnMulticlassModelParameters[] alone = [.. Enumerable.Range(1, Size).Select(seed => BlobTask.Train(_ml, Blob.Rows(distance: 1), Options(seed: seed, size: 1)))];

        foreach (Blob row in Blob.Rows(50, distance: 1, seed: 2))
        {
            float[] mean = ensemble.Predict(row.Features);
            for (int i = 0; i < 3; i++)
                Assert.AreEqual(alone.Average(model => (double)model.Predict(row.Features)[i]), mean[i], 1e-7);
        }
    }

    [TestMethod]
    public void Probabilities_of_true_are_averaged_and_the_score_is_the_logit_of_the_mean()
    {
        List<BinaryBlob> rows = BinaryBlob.Rows(distance: 1);
        var options = BinaryTask.Options();
        (options.EnsembleSize, options.MissingFeatures) = (Size, MissingFeatures.Refuse);
        var ensemble = BinaryTask.Train(_ml, rows, options);
        double[][] alone = [.. Enumerable.Range(1, Size).Select(seed =>
        {
            var single = BinaryTask.Options();
            single.Seed = seed;
            SimpleNnBinaryModelParameters model = BinaryTask.Train(_ml, rows, single).Model.SubModel;
            return rows.Select(row => (double)model.Predict(row.Features)[0]).ToArray();
        })];
        IDataView scored = ensemble.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[] scores = BinaryTask.Scores(scored), probabilities = [.. scored.GetColumn<float>("Probability")];

        for (int row = 0; row < rows.Count; row++)
        {
            double mean = alone.Average(probabilities => probabilities[row]);
            Assert.AreEqual(mean, ensemble.Model.SubModel.Predict(rows[row].Features)[0], 1e-7);
            Assert.AreEqual(mean, probabilities[row], 1e-6);
            Assert.AreEqual(Math.Log(mean / (1 - mean)), scores[row], 1e-4);
        }
    }

    [TestMethod]
    public void An_ensemble_predicts_better_than_its_networks_do_on_average_and_than_the_first()
    {
        // By convexity the log-loss of the mean is never above the mean log-loss; that it is below the first network's is what one buys.
        List<Blob> rows = Blob.Rows(90, distance: 1), test = Blob.Rows(900, distance: 1, seed: 2);
        var options = Options(size: 8);
        (options.HiddenLayers, options.NumberOfEpochs) = ([32], 60);
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, rows, options);
        double LogLoss(Func<Blob, float[]> predict) => test.Average(row => -Math.Log(predict(row)[Array.IndexOf(Blob.Classes, row.Label)]));
        double[] alone = [.. ensemble.Networks.Select(network => LogLoss(row =>
        {
            float[] outputs = network.Predict(row.Features);
            Loss.SoftmaxCrossEntropy.ToPrediction(outputs, 1, 3);
            return outputs;
        }))];
        double together = LogLoss(row => ensemble.Predict(row.Features));

        Assert.IsLessThan(alone.Average(), together);
        Assert.IsLessThan(alone[0], together);
    }

    [TestMethod]
    public void A_batch_gives_what_each_row_gives_missing_features_included_and_allocates_nothing()
    {
        var options = Options();
        options.MissingFeatures = MissingFeatures.Refuse;
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(60), options);
        float[] features = [.. Blob.Rows(3000).SelectMany(row => row.Features)];
        features[(1234 * Blob.FeatureCount) + 2] = float.NaN;
        float[] batch = new float[3000 * 3];
        ensemble.Predict(features, 3000, batch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ensemble.Predict(features, 3000, batch);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The networks' pools of buffers may grow by a node now and then; a row that allocated would show as 3,000.
        Assert.IsLessThan(1000, allocated);
        for (int row = 0; row < 3000; row++)
            CollectionAssert.AreEqual(ensemble.Predict(features.AsSpan(row * Blob.FeatureCount, Blob.FeatureCount)), batch[(row * 3)..((row * 3) + 3)]);
        Assert.IsTrue(float.IsNaN(batch[1234 * 3]) && !float.IsNaN(batch[1235 * 3]));
        ensemble.Predict([], 0, []);
    }

    [TestMethod]
    public void A_sparse_row_gives_the_bits_of_the_dense_one()
    {
        var options = BinaryTask.Options();
        (options.EnsembleSize, options.MissingFeatures) = (Size, MissingFeatures.Refuse);
        var ensemble = BinaryTask.Train(_ml, BinaryBlob.Rows(60), options);
        float[][] rows = [[0, 3, 0, -1], [2, 0, 0, 0], [0, 0, 0, 0], [0, float.NaN, 0, 0]];
        float[] Scores(Func<float[], VBuffer<float>> form) => BinaryTask.Scores(ensemble.Transform(_ml.Data.LoadFromEnumerable(rows.Select(row => new VectorRow { Features = form(row) }))));
        float[] dense = Scores(row => new VBuffer<float>(4, row));

        CollectionAssert.AreEqual(dense, Scores(row =>
        {
            int[] indices = [.. Enumerable.Range(0, 4).Where(i => row[i] != 0)];
            return new VBuffer<float>(4, indices.Length, [.. indices.Select(i => row[i])], indices);
        }));
        Assert.IsTrue(float.IsNaN(dense[3]));
    }

    [TestMethod]
    public void Each_epoch_tells_its_network()
    {
        var log = new LogCapture(_ml);
        var reported = new List<EpochMetrics>();
        var options = Options();
        options.Progress = new Listener(reported.Add);
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(60), options);

        CollectionAssert.AreEqual(ensemble.TrainingHistories.SelectMany(history => history.Epochs).ToArray(), reported);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, reported.Select(epoch => epoch.EnsembleMember).Distinct().ToArray());
        Assert.IsTrue(log.Info.Any(line => line.StartsWith("Network 2/3: Epoch 1/15: training loss ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void The_listener_ends_the_whole_training_and_the_network_at_hand_is_kept()
    {
        var log = new LogCapture(_ml);
        var options = Options();
        options.Progress = new Listener(epoch =>
        {
            if (epoch is { EnsembleMember: 2, Epoch: 5 })
                epoch.Stop();
        });
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(60), options);

        CollectionAssert.AreEqual(new[] { StopReason.Completed, StopReason.StopRequested }, ensemble.TrainingHistories.Select(history => history.StopReason).ToArray());
        Assert.HasCount(2, ensemble.Networks);
        CollectionAssert.AreEqual(new[] { "The training ended before all networks of the ensemble were trained: the model has 2 of 3." }, log.Warnings);
    }

    [TestMethod]
    public void Cancelling_keeps_the_networks_so_far_and_the_epochs_of_the_one_at_hand()
    {
        using var cancellation = new CancellationTokenSource();
        var options = Options();
        options.CancellationToken = cancellation.Token;
        options.Progress = new Listener(epoch =>
        {
            if (epoch is { EnsembleMember: 2, Epoch: 3 })
                cancellation.Cancel();
        });
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(60), options);

        CollectionAssert.AreEqual(new[] { 15, 3 }, ensemble.TrainingHistories.Select(history => history.Epochs.Count).ToArray());
        Assert.AreEqual(StopReason.Cancelled, ensemble.TrainingHistories[^1].StopReason);
    }

    [TestMethod]
    public void A_network_that_is_cancelled_before_its_first_epoch_ends_is_left_out()
    {
        using var cancellation = new CancellationTokenSource();
        int begun = 0;
        _ml.Log += (_, line) =>
        {
            if (line.RawMessage.Contains(": Training on 60 rows", StringComparison.Ordinal) && ++begun == 2)
                cancellation.Cancel();
        };
        var options = Options();
        options.CancellationToken = cancellation.Token;
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(60), options);

        Assert.AreEqual(2, begun);
        CollectionAssert.AreEqual(BlobTask.Weights(BlobTask.Train(_ml, Blob.Rows(60), Options(size: 1))), BlobTask.Weights(ensemble));
        Assert.HasCount(1, ensemble.Networks);
    }

    [TestMethod]
    public void A_time_budget_that_is_used_up_by_the_first_network_leaves_that_one()
    {
        var options = Options();
        options.TimeBudget = TimeSpan.FromTicks(1);
        SimpleNnMulticlassModelParameters ensemble = BlobTask.Train(_ml, Blob.Rows(60), options);

        Assert.HasCount(1, ensemble.Networks);
        Assert.AreEqual(StopReason.TimeBudget, ensemble.TrainingHistory.StopReason);
    }

    [TestMethod]
    public void All_networks_are_saved_in_one_model_with_their_histories_and_states()
    {
        var options = Options();
        options.KeepOptimizerState = true;
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(60, distance: 2));
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(options);
        var model = trainer.Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = (SimpleNnMulticlassModelParameters)((ISingleFeaturePredictionTransformer<object>)_ml.Model.Load(stream, out _)).Model;
        SimpleNnMulticlassModelParameters further = trainer.Fit(data, model.Model).Model, furtherFromLoaded = trainer.Fit(data, loaded).Model;

        for (int i = 0; i < Size; i++)
        {
            CollectionAssert.AreEqual(model.Model.Networks[i].AllWeights(), loaded.Networks[i].AllWeights());
            CollectionAssert.AreEqual(model.Model.TrainingHistories[i].Epochs.ToArray(), loaded.TrainingHistories[i].Epochs.ToArray());
            CollectionAssert.AreEqual(further.Networks[i].AllWeights(), furtherFromLoaded.Networks[i].AllWeights());
        }
    }

    [TestMethod]
    public void Going_on_trains_each_network_further()
    {
        IDataView data = BlobTask.Keyed(_ml, Blob.Rows(60, distance: 2));
        var trainer = _ml.MulticlassClassification.Trainers.SimpleNn(Options());
        SimpleNnMulticlassModelParameters first = trainer.Fit(data).Model, further = trainer.Fit(data, first).Model;

        Assert.HasCount(Size, further.Networks);
        for (int i = 0; i < Size; i++)
            Assert.IsLessThan(first.TrainingHistories[i].Epochs[^1].TrainingLoss, further.TrainingHistories[i].Epochs[^1].TrainingLoss);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.MulticlassClassification.Trainers.SimpleNn(Options(size: 1)).Fit(data, first));
        Assert.AreEqual("The given model cannot be trained further: it has 3 networks, but EnsembleSize is 1. Set EnsembleSize to 3.", error.Message);
    }

    [TestMethod]
    public void The_largest_ensemble_is_trained()
    {
        var options = Options(size: 100);
        options.NumberOfEpochs = 1;

        Assert.HasCount(100, BlobTask.Train(_ml, Blob.Rows(12), options).Networks);
    }

    private static SimpleNnMulticlassTrainer.Options Options(bool earlyStopping = false, int seed = 1, int size = Size)
    {
        var options = BlobTask.Options();
        (options.EarlyStopping, options.ValidationFraction, options.Seed, options.EnsembleSize) = (earlyStopping, 0.2, seed, size);
        return options;
    }

    private sealed class VectorRow
    {
        [VectorType(Blob.FeatureCount)]
        public VBuffer<float> Features { get; set; }
    }

    private sealed class Listener(Action<EpochMetrics> report) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => report(value);
    }
}
