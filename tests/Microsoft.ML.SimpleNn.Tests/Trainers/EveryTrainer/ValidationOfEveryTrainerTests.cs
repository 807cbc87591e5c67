using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Which rows every trainer is judged by, and when it stops by them: fraction, given rows, patience, least improvement.</summary>
[TestClass]
public sealed class ValidationOfEveryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void The_fraction_is_held_out(string task)
    {
        var log = new LogCapture(_ml);
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel model = trainer.Fit(_ml, trainer.Options(o => (o.EarlyStopping, o.ValidationFraction) = (true, 0.25)), TaskRow.Rows(80));

        Assert.Contains("Training on 60 rows with 4 features, 20 rows for validation.", log.Info);
        Assert.IsNotNull(model.History.Epochs[0].ValidationLoss);
    }

    /// <summary>Where no feature tells anything, the most frequent class is predicted, and the accuracy is its share of the held-out rows.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Held_out_rows_are_taken_from_several_classes_alike(int seed)
    {
        TaskTrainer trainer = TaskTrainer.All["multiclass"];
        var rows = Enumerable.Range(0, 400).Select(i => new TaskRow { Class = i < 300 ? 0 : i < 360 ? 1u : 2, Features = new float[4], Features2 = new float[4] });
        TaskModel model = trainer.Fit(_ml, trainer.Options(o => (o.EarlyStopping, o.ValidationFraction, o.Seed) = (true, 0.1, seed)), rows);

        Assert.AreEqual(30.0 / 40, model.History.Epochs[^1].ValidationAccuracy!.Value, 1e-12);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Given_validation_rows_are_measured_and_all_training_rows_trained_on(string task)
    {
        var log = new LogCapture(_ml);
        TaskTrainer trainer = TaskTrainer.All[task];
        List<TaskRow> validation = TaskRow.Rows(30, seed: 2);
        TaskModel with = trainer.Fit(_ml, trainer.Options(), TaskRow.Rows(80), validation), without = trainer.Fit(_ml, trainer.Options(), TaskRow.Rows(80));
        TaskModel other = trainer.Fit(_ml, trainer.Options(), TaskRow.Rows(80), validation.Take(29));

        Assert.Contains("Training on 80 rows with 4 features, 30 rows for validation.", log.Info);
        CollectionAssert.AreEqual(without.Weights, with.Weights);
        Assert.AreNotEqual(other.History.Epochs[^1].ValidationLoss, with.History.Epochs[^1].ValidationLoss);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Patience_ends_the_training_and_the_weights_are_those_of_the_best_epoch(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        const int Patience = 20;
        List<TaskRow> rows = TaskRow.Rows(30), validation = TaskRow.Rows(2000, seed: 2);
        TaskModel stopped = trainer.Fit(_ml, trainer.Options(o => { Overfit(o); (o.EarlyStopping, o.Patience) = (true, Patience); }), rows, validation);
        TaskModel exact = trainer.Fit(_ml, trainer.Options(o => { Overfit(o); o.NumberOfEpochs = stopped.History.BestEpoch; }), rows);
        IReadOnlyList<EpochMetrics> epochs = stopped.History.Epochs;

        Assert.AreEqual(StopReason.EarlyStopping, stopped.History.StopReason);
        Assert.AreEqual(epochs.Count - Patience, epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch);
        Assert.IsLessThan(epochs.Count, stopped.History.BestEpoch);
        CollectionAssert.AreEqual(exact.Weights, stopped.Weights);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void An_improvement_below_the_least_is_none(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        int Epochs(double least) => trainer.Fit(_ml, trainer.Options(o => (o.NumberOfEpochs, o.EarlyStopping, o.Patience, o.MinimumImprovement) = (12, true, 3, least)),
            TaskRow.Rows(80), TaskRow.Rows(80)).History.Epochs.Count;

        Assert.AreEqual(1 + 3, Epochs(1000), "the first epoch is an improvement on nothing, and then none is");
        Assert.IsGreaterThan(1 + 3, Epochs(0));
    }

    /// <summary>Steps that are large, for so few rows that what is learnt from them soon does others harm.</summary>
    private static void Overfit(SimpleNnOptionsBase options) =>
        (options.Optimizer, options.NumberOfEpochs, options.BatchSize) = (new AdamOptimizer { LearningRate = 0.1f }, 500, 8);
}
