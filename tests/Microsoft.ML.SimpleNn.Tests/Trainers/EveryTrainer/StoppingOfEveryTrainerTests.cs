using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Every trainer that is ended early gives the best weights so far, and says why it ended.</summary>
[TestClass]
public sealed class StoppingOfEveryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    public static IEnumerable<object[]> TasksAndReasons =>
        from task in TaskTrainer.All.Keys
        from reason in new[] { StopReason.StopRequested, StopReason.Cancelled }
        select new object[] { task, reason };

    [TestMethod]
    [DynamicData(nameof(TasksAndReasons))]
    public void Without_validation_rows_the_last_epoch_is_kept(string task, StopReason reason)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel stopped = trainer.Fit(_ml, trainer.Options(o => StopWhen(o, reason, epoch => epoch.Epoch == 4)), TaskRow.Rows(80));

        Assert.AreEqual((reason, 4, 4), (stopped.History.StopReason, stopped.History.BestEpoch, stopped.History.Epochs.Count));
        CollectionAssert.AreEqual(trainer.Fit(_ml, trainer.Options(o => o.NumberOfEpochs = 4), TaskRow.Rows(80)).Everything, stopped.Everything);
    }

    [TestMethod]
    [DynamicData(nameof(TasksAndReasons))]
    public void With_validation_rows_the_best_epoch_is_kept_which_is_not_the_last(string task, StopReason reason)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        List<TaskRow> rows = TaskRow.Rows(30), validation = TaskRow.Rows(300, seed: 2);
        int best = 0;
        TaskModel stopped = trainer.Fit(_ml, trainer.Options(o =>
        {
            Overfit(o);
            (o.EarlyStopping, o.Patience) = (true, 500);
            StopWhen(o, reason, epoch =>
            {
                if (epoch.IsBest) best = epoch.Epoch;
                return epoch.Epoch == best + 3;
            });
        }), rows, validation);
        TaskModel exact = trainer.Fit(_ml, trainer.Options(o => { Overfit(o); o.NumberOfEpochs = best; }), rows);

        Assert.AreEqual((reason, best, best + 3), (stopped.History.StopReason, stopped.History.BestEpoch, stopped.History.Epochs.Count));
        CollectionAssert.AreEqual(exact.Weights, stopped.Weights);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void When_the_time_is_up_what_was_reached_is_kept(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel stopped = trainer.Fit(_ml, trainer.Options(o => o.TimeBudget = TimeSpan.FromTicks(1)), TaskRow.Rows(80));

        // One minibatch of the first epoch, since no whole one has ended.
        Assert.AreEqual((StopReason.TimeBudget, 1, 1), (stopped.History.StopReason, stopped.History.BestEpoch, stopped.History.Epochs.Count));
        CollectionAssert.AreNotEqual(trainer.Fit(_ml, trainer.Options(o => o.NumberOfEpochs = 1), TaskRow.Rows(80)).Weights, stopped.Weights);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Cancelling_before_the_first_epoch_has_ended_leaves_no_model(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];

        Assert.Throws<OperationCanceledException>(() => trainer.Fit(_ml, trainer.Options(o => o.CancellationToken = new CancellationToken(canceled: true)), TaskRow.Rows(80)));
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Without_any_of_that_the_training_is_complete(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        TrainingHistory history = trainer.Fit(_ml, trainer.Options(), TaskRow.Rows(80)).History;

        Assert.AreEqual((StopReason.Completed, 6, 6), (history.StopReason, history.BestEpoch, history.Epochs.Count));
    }

    private static void StopWhen(SimpleNnOptionsBase options, StopReason reason, Func<EpochMetrics, bool> condition)
    {
        var source = new CancellationTokenSource();
        options.CancellationToken = source.Token;
        options.Progress = new Listener(epoch =>
        {
            if (!condition(epoch)) return;
            if (reason == StopReason.Cancelled) source.Cancel();
            else epoch.Stop();
        });
    }

    private static void Overfit(SimpleNnOptionsBase options) =>
        (options.Optimizer, options.NumberOfEpochs, options.BatchSize) = (new AdamOptimizer { LearningRate = 0.1f }, 500, 8);
}
