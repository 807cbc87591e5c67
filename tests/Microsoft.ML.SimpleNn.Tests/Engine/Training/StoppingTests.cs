using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Runs that end by a time budget or by their listener: which weights they give, and what they say. Each minibatch takes one second.</summary>
[TestClass]
public sealed class StoppingTests
{
    private const int BatchesPerEpoch = 4;
    private readonly SampleRows _rows = new(40);
    private readonly HandClock _clock = new() { Seconds = 1_000_000 };

    [TestMethod]
    [DataRow((3 * BatchesPerEpoch) + 2, DisplayName = "in the middle of the fourth epoch")]
    [DataRow(3 * BatchesPerEpoch, DisplayName = "with the last minibatch of the third epoch")]
    public void When_the_time_is_up_the_weights_are_those_of_the_last_whole_epoch(int seconds)
    {
        Network stopped = Create(), expected = Create();
        TrainingHistory history = TrainingLoop.Run(stopped, _rows.ToExamples(), null, Options(budget: seconds));
        TrainingLoop.Run(expected, _rows.ToExamples(), null, Options(epochs: 3));

        Assert.AreEqual(StopReason.TimeBudget, history.StopReason);
        Assert.AreEqual(3, history.BestEpoch);
        CollectionAssert.AreEqual(new[] { 4.0, 8, 12 }, history.Epochs.Select(epoch => epoch.Elapsed.TotalSeconds).ToArray());
        Bits.AssertEqual(expected.AllWeights(), stopped.AllWeights(), "weights");
    }

    [TestMethod]
    public void When_the_time_is_up_before_the_first_epoch_ends_what_was_reached_is_judged_and_kept()
    {
        var validation = new SampleRows(30, seed: 2);
        Network stopped = Create(), untrained = Create();
        untrained.Initialize(null, seed: 0);
        TrainingHistory history = TrainingLoop.Run(stopped, _rows.ToExamples(), validation.ToExamples(), Options(budget: 1));

        Assert.AreEqual((StopReason.TimeBudget, 1), (history.StopReason, history.BestEpoch));
        Assert.HasCount(1, history.Epochs);
        Assert.AreEqual(validation.LossOf(stopped), history.Epochs[0].ValidationLoss!.Value, 1e-5);
        CollectionAssert.AreNotEqual(untrained.AllWeights(), stopped.AllWeights());
    }

    [TestMethod]
    public void The_training_loss_of_a_part_of_an_epoch_is_that_of_the_rows_visited()
    {
        // Features that are constant are ignored, so the first outputs are the biases, 0, and the loss of each row is ln 3.
        var alike = new DenseExamples([.. Enumerable.Repeat(7f, 200)], 5, _rows.Classes);
        TrainingHistory history = TrainingLoop.Run(Create(), alike, null, Options(budget: 1));

        Assert.AreEqual(Math.Log(3), history.Epochs[0].TrainingLoss, 1e-6);
    }

    [TestMethod]
    public void When_the_time_is_up_the_best_epoch_is_restored_which_may_not_be_the_last()
    {
        // Features that hardly tell the class: the validation loss soon rises again.
        SampleRows training = new(60, noise: 10), validation = new(60, noise: 10, seed: 2);
        Network stopped = Create(), exact = Create();
        TrainingHistory history = TrainingLoop.Run(stopped, training.ToExamples(), validation.ToExamples(), Options(epochs: 1000, budget: 6 * 300, patience: 1000));
        TrainingLoop.Run(exact, training.ToExamples(), null, Options(epochs: history.BestEpoch));

        Assert.AreEqual(StopReason.TimeBudget, history.StopReason);
        Assert.HasCount(300, history.Epochs);
        Assert.IsLessThan(300, history.BestEpoch);
        Bits.AssertEqual(exact.AllWeights(), stopped.AllWeights(), "weights");
    }

    [TestMethod]
    public void A_run_that_is_done_when_the_time_is_up_is_complete()
    {
        TrainingHistory history = TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(epochs: 3, budget: 3 * BatchesPerEpoch));

        Assert.AreEqual((StopReason.Completed, 3), (history.StopReason, history.Epochs.Count));
    }

    [TestMethod]
    public void A_long_budget_changes_nothing()
    {
        Network with = Create(), without = Create();
        TrainingLoop.Run(with, _rows.ToExamples(), null, Options(epochs: 3, budget: 1000));
        TrainingLoop.Run(without, _rows.ToExamples(), null, Options(epochs: 3));

        Bits.AssertEqual(without.AllWeights(), with.AllWeights(), "weights");
    }

    [TestMethod]
    public void A_budget_in_which_the_weights_leave_all_bounds_is_a_divergence()
    {
        var rows = new DenseExamples(_rows.Features, 5, [.. _rows.Classes.Select(label => 1000 * (1 + label))]);
        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(Network.Create(5, [], 1), rows, null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new SgdOptimizer { LearningRate = 3e38f },
            BatchSize = 10,
            TimeBudget = TimeSpan.FromSeconds(1),
            Clock = _clock,
            Poll = () => _clock.Seconds++,
        }));

        Assert.Contains("in epoch 1, minibatch 1.", error.Message);
    }

    [TestMethod]
    public void The_listener_ends_the_run_before_another_minibatch()
    {
        int polls = 0;
        Network stopped = Create(), expected = Create();
        TrainingHistory history = TrainingLoop.Run(stopped, _rows.ToExamples(), null, Options(poll: () => polls++, progress: epoch =>
        {
            if (epoch.Epoch == 3) epoch.Stop();
        }));
        TrainingLoop.Run(expected, _rows.ToExamples(), null, Options(epochs: 3));

        Assert.AreEqual(StopReason.StopRequested, history.StopReason);
        Assert.AreEqual(3, history.BestEpoch);
        Assert.AreEqual(3 * BatchesPerEpoch, polls);
        Bits.AssertEqual(expected.AllWeights(), stopped.AllWeights(), "weights");
    }

    [TestMethod]
    public void A_listener_that_asks_late_ends_the_run_after_the_minibatch()
    {
        // As with Progress<T>, whose handler may run when the training is already in the next epoch.
        int polls = 0;
        EpochMetrics? first = null;
        TrainingHistory history = TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(progress: epoch => first ??= epoch, poll: () =>
        {
            if (++polls == BatchesPerEpoch + 2) first!.Stop();
        }));

        Assert.AreEqual((StopReason.StopRequested, 1), (history.StopReason, history.BestEpoch));
        Assert.AreEqual(BatchesPerEpoch + 2, polls);
    }

    [TestMethod]
    public void Asking_an_ended_run_to_stop_does_not_reach_the_next()
    {
        TrainingOptions options = Options(epochs: 3);
        TrainingHistory first = TrainingLoop.Run(Create(), _rows.ToExamples(), null, options);
        first.Epochs[0].Stop();

        Assert.AreEqual(StopReason.Completed, TrainingLoop.Run(Create(), _rows.ToExamples(), null, options).StopReason);
    }

    [TestMethod]
    public void A_run_cancelled_by_its_listener_keeps_the_epoch()
    {
        using var source = new CancellationTokenSource();
        TrainingHistory history = TrainingLoop.Run(Create(), _rows.ToExamples(), null, Options(token: source.Token, budget: BatchesPerEpoch, progress: epoch => source.Cancel()));

        Assert.AreEqual((StopReason.Cancelled, 1), (history.StopReason, history.BestEpoch));
    }

    private static Network Create() => Network.Create(5, [6], 3);

    private TrainingOptions Options(
        int epochs = 20, int? budget = null, int patience = 10, Action? poll = null, Action<EpochMetrics>? progress = null, CancellationToken token = default) => new()
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer { LearningRate = 0.01f },
            NumberOfEpochs = epochs,
            BatchSize = 10,
            Patience = patience,
            NumberOfThreads = 1,
            TimeBudget = budget is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Clock = _clock,
            Progress = progress == null ? null : new Listener(progress),
            Poll = () =>
            {
                _clock.Seconds++;
                poll?.Invoke();
            },
            CancellationToken = token,
        };

    private sealed class Listener(Action<EpochMetrics> report) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => report(value);
    }
}
