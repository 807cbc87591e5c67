using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class TrainingLoopTests
{
    private readonly SampleRows _training = new(90);
    private readonly SampleRows _validation = new(50, seed: 2);

    [TestMethod]
    public void A_network_learns_to_tell_the_classes()
    {
        Network network = Create();
        TrainingHistory history = TrainingLoop.Run(network, _training.ToExamples(), null, Options(epochs: 60));

        Assert.AreEqual(StopReason.Completed, history.StopReason);
        Assert.IsLessThan(0.1 * history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
        Assert.AreEqual(1.0, _validation.AccuracyOf(network));
    }

    [TestMethod]
    public void The_first_training_loss_is_that_of_the_first_weights()
    {
        Network network = Create(), untrained = Create();
        untrained.Initialize(null, seed: 3);
        TrainingHistory history = TrainingLoop.Run(network, _training.ToExamples(), null, Options(epochs: 1, seed: 3, batchSize: 90, normalize: false));

        Assert.AreEqual(_training.LossOf(untrained), history.Epochs[0].TrainingLoss, 1e-5 * history.Epochs[0].TrainingLoss);
    }

    [TestMethod]
    public void Validation_loss_and_accuracy_are_those_of_the_network()
    {
        Network network = Create();
        TrainingHistory history = TrainingLoop.Run(network, _training.ToExamples(), _validation.ToExamples(), Options(epochs: 3, earlyStopping: false));

        Assert.AreEqual(_validation.LossOf(network), history.Epochs[^1].ValidationLoss!.Value, 1e-5);
        Assert.AreEqual(_validation.AccuracyOf(network), history.Epochs[^1].ValidationAccuracy!.Value, 1e-9);
    }

    [TestMethod]
    public void The_history_has_every_epoch_and_progress_is_told_of_each()
    {
        var reported = new List<EpochMetrics>();
        TrainingHistory history = TrainingLoop.Run(
            Create(), _training.ToExamples(), _validation.ToExamples(), Options(epochs: 7, earlyStopping: false, progress: new Progress(reported.Add)));

        CollectionAssert.AreEqual(Enumerable.Range(1, 7).ToArray(), history.Epochs.Select(epoch => epoch.Epoch).ToArray());
        CollectionAssert.AreEqual(reported, history.Epochs.ToArray());
        Assert.IsTrue(history.Epochs.All(epoch => epoch is { NumberOfEpochs: 7, LearningRate: 0.01f, IsBest: true }));
        Assert.IsTrue(history.Epochs.Zip(history.Epochs.Skip(1)).All(pair => pair.First.Elapsed <= pair.Second.Elapsed));
        Assert.AreEqual(7, history.BestEpoch);
    }

    [TestMethod]
    public void Without_validation_rows_nothing_is_judged()
    {
        TrainingHistory history = TrainingLoop.Run(Create(), _training.ToExamples(), null, Options(epochs: 2));

        Assert.IsTrue(history.Epochs.All(epoch => epoch.ValidationLoss == null && epoch.ValidationAccuracy == null));
    }

    [TestMethod]
    public void A_regression_has_a_validation_loss_and_no_accuracy()
    {
        var rows = new DenseExamples(_training.Features, 5, _training.Classes);
        TrainingHistory history = TrainingLoop.Run(Network.Create(5, [8], 1), rows, rows, Options(epochs: 2, loss: Loss.SquaredError));

        Assert.IsTrue(history.Epochs.All(epoch => epoch.ValidationLoss > 0 && epoch.ValidationAccuracy == null));
    }

    [TestMethod]
    public void The_schedule_is_followed_step_by_step()
    {
        // 90 rows in minibatches of 20 are 5 steps an epoch; the last step of epoch e is step 5 e - 1 of 20.
        TrainingHistory history = TrainingLoop.Run(Create(), _training.ToExamples(), null, Options(epochs: 4, schedule: LearningRateSchedule.Cosine));

        for (int epoch = 1; epoch <= 4; epoch++)
        {
            double expected = 0.01 * (1 + Math.Cos(Math.PI * (5 * epoch - 1) / 20)) / 2;
            Assert.AreEqual(expected, history.Epochs[epoch - 1].LearningRate, 1e-8, $"epoch {epoch}");
        }
    }

    [TestMethod]
    public void Every_minibatch_is_polled_the_short_last_one_included()
    {
        int polls = 0;
        TrainingLoop.Run(Create(), _training.ToExamples(), _validation.ToExamples(), Options(epochs: 3, poll: () => polls++));

        Assert.AreEqual(3 * 5, polls);
    }

    [TestMethod]
    public void A_minibatch_larger_than_the_set_is_the_whole_set()
    {
        Network network = Create(), whole = Create();
        TrainingLoop.Run(network, _training.ToExamples(), null, Options(epochs: 3, batchSize: 1_000_000));
        TrainingLoop.Run(whole, _training.ToExamples(), null, Options(epochs: 3, batchSize: 90));

        Bits.AssertEqual(whole.AllWeights(), network.AllWeights(), "weights");
    }

    [TestMethod]
    public void Early_stopping_gives_the_weights_of_a_run_of_exactly_so_many_epochs()
    {
        // Features that hardly tell the class: the validation loss soon rises again.
        SampleRows training = new(60, noise: 10), validation = new(60, noise: 10, seed: 2);
        Network stopped = Create(), exact = Create();
        TrainingHistory history = TrainingLoop.Run(stopped, training.ToExamples(), validation.ToExamples(), Options(epochs: 500, patience: 40));
        TrainingLoop.Run(exact, training.ToExamples(), null, Options(epochs: history.BestEpoch));

        Assert.AreEqual(StopReason.EarlyStopping, history.StopReason);
        Assert.IsLessThan(history.Epochs.Count, history.BestEpoch);
        Assert.IsLessThan(500, history.Epochs.Count);
        Assert.AreEqual(history.BestEpoch, history.Epochs.Last(epoch => epoch.IsBest).Epoch);
        Bits.AssertEqual(exact.AllWeights(), stopped.AllWeights(), "weights");
        Assert.AreEqual(validation.LossOf(stopped), history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value, 1e-5);
    }

    [TestMethod]
    public void Validation_rows_do_not_change_the_training()
    {
        Network with = Create(), without = Create();
        TrainingLoop.Run(with, _training.ToExamples(), _validation.ToExamples(), Options(epochs: 5, earlyStopping: false));
        TrainingLoop.Run(without, _training.ToExamples(), null, Options(epochs: 5));

        Bits.AssertEqual(without.AllWeights(), with.AllWeights(), "weights");
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(2.0)]
    [DataRow(1000.0)]
    public void Without_early_stopping_the_last_epoch_s_weights_are_kept_whatever_the_minimum_improvement(double minimumImprovement)
    {
        Network network = Create(), expected = Create();
        TrainingHistory history = TrainingLoop.Run(network, _training.ToExamples(), null, Options(epochs: 4, minimumImprovement: minimumImprovement));
        TrainingLoop.Run(expected, _training.ToExamples(), null, Options(epochs: 4));

        Assert.AreEqual(4, history.BestEpoch);
        Bits.AssertEqual(expected.AllWeights(), network.AllWeights(), "weights");
    }

    [TestMethod]
    public void The_seed_decides_the_run()
    {
        Network first = Create(), same = Create(), other = Create();
        TrainingLoop.Run(first, _training.ToExamples(), null, Options(epochs: 3, seed: 1));
        TrainingLoop.Run(same, _training.ToExamples(), null, Options(epochs: 3, seed: 1));
        TrainingLoop.Run(other, _training.ToExamples(), null, Options(epochs: 3, seed: 2));

        Bits.AssertEqual(first.AllWeights(), same.AllWeights(), "weights");
        CollectionAssert.AreNotEqual(first.AllWeights(), other.AllWeights());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_warm_start_goes_on_where_the_run_before_stopped(bool normalize)
    {
        // Plain gradient descent over the whole set remembers nothing but the weights: 5 epochs and 5 more are 10, up to rounding.
        Network twice = Create(), once = Create();
        var sgd = new SgdOptimizer { LearningRate = normalize ? 0.1f : 0.0001f };
        TrainingLoop.Run(twice, _training.ToExamples(), null, Options(epochs: 5, batchSize: 90, normalize: normalize, optimizer: sgd));
        TrainingLoop.Run(twice, _training.ToExamples(), null, Options(epochs: 5, batchSize: 90, normalize: normalize, optimizer: sgd, warmStart: true));
        TrainingLoop.Run(once, _training.ToExamples(), null, Options(epochs: 10, batchSize: 90, normalize: normalize, optimizer: sgd));

        double[] expected = Array.ConvertAll(once.Predict(_training.Features), y => (double)y);
        RelativeDifference.AssertWithin(1e-4, expected, twice.Predict(_training.Features), "outputs");
    }

    [TestMethod]
    public void Training_on_a_subset_is_training_on_its_rows()
    {
        int[] rows = [.. Enumerable.Range(0, 40).Select(i => 2 * i + 1)];
        var copy = new DenseExamples(
            [.. rows.SelectMany(row => _training.Features[(row * 5)..(row * 5 + 5)])], 5, [.. rows.Select(row => _training.Classes[row])]);
        Network subset = Create(), copied = Create();
        TrainingLoop.Run(subset, _training.ToExamples().Subset(rows), null, Options(epochs: 3));
        TrainingLoop.Run(copied, copy, null, Options(epochs: 3));

        Bits.AssertEqual(copied.AllWeights(), subset.AllWeights(), "weights");
    }

    private static Network Create() => Network.Create(5, [12, 9], 3, Activation.Tanh);

    private static TrainingOptions Options(
        int epochs, int seed = 1, int batchSize = 20, bool normalize = true, bool earlyStopping = true, int patience = 10, double minimumImprovement = 0,
        bool warmStart = false, Loss? loss = null, Optimizer? optimizer = null, LearningRateSchedule? schedule = null, IProgress<EpochMetrics>? progress = null,
        Action? poll = null) => new()
        {
            Loss = loss ?? Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer ?? new AdamOptimizer { LearningRate = 0.01f },
            LearningRateSchedule = schedule ?? LearningRateSchedule.Constant,
            NumberOfEpochs = epochs,
            BatchSize = batchSize,
            NormalizeFeatures = normalize,
            WarmStart = warmStart,
            EarlyStopping = earlyStopping,
            Patience = patience,
            MinimumImprovement = minimumImprovement,
            Seed = seed,
            NumberOfThreads = 1,
            Progress = progress,
            Poll = poll,
        };

    /// <summary>Reports at once; <see cref="Progress{T}"/> would do it on another thread.</summary>
    private sealed class Progress(Action<EpochMetrics> report) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => report(value);
    }
}
