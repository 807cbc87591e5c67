using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>What the default optimizer brings with it: folds or held-out rows that tell how long, a training on all rows, label smoothing and calibration.</summary>
[TestClass]
public sealed class DefaultRecipeTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> SupervisedTasks => TaskTrainer.SupervisedNames;

    /// <summary>All choices of the recipe, of a small network.</summary>
    private static SimpleNnOptionsBase Recipe(TaskTrainer trainer, Action<SimpleNnOptionsBase>? change = null) => trainer.Options(o =>
    {
        (o.Optimizer, o.LearningRateSchedule, o.NumberOfEpochs, o.BatchSize, o.EarlyStopping) = (new SimpleNnMulticlassTrainer.Options().Optimizer, null, null, null, true);
        change?.Invoke(o);
    });

    [TestMethod]
    [DynamicData(nameof(SupervisedTasks))]
    public void Five_folds_tell_how_long_and_then_all_rows_are_trained_on(string task)
    {
        var epochs = new List<EpochMetrics>();
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel model = trainer.Fit(_ml, Recipe(trainer, o => o.Progress = new Listener(epochs.Add)), TaskRow.Rows(120));
        EpochMetrics[] folds = [.. epochs.Where(epoch => epoch.Phase == TrainingPhase.Fold)], refit = [.. epochs.Skip(5 * 60)];

        CollectionAssert.AreEqual(Enumerable.Range(0, 5).SelectMany(_ => Enumerable.Range(1, 60)).ToArray(), folds.Select(epoch => epoch.Epoch).ToArray());
        CollectionAssert.AreEqual(folds, epochs.Take(5 * 60).ToArray());
        Assert.IsTrue(refit.All(epoch => epoch.Phase == TrainingPhase.Refit && epoch.ValidationLoss is null));
        Assert.AreEqual(model.History.Epochs.Count, refit.Length);

        // Cycles end at 4, 12, 28 and 60 epochs, and the end with the lowest loss over all folds is chosen.
        double Loss(int end) => folds.Where(epoch => epoch.Epoch == end).Sum(epoch => epoch.ValidationLoss!.Value);
        int best = new[] { 4, 12, 28, 60 }.MinBy(Loss);
        Assert.AreEqual(best, refit.Length);
        Assert.IsTrue(folds.All(epoch => epoch.ValidationLoss.HasValue == epoch.Epoch is 4 or 12 or 28 or 60));
    }

    /// <summary>The cycles of a schedule that is given do not follow the number of epochs, so that the same steps are taken.</summary>
    [TestMethod]
    [DynamicData(nameof(SupervisedTasks))]
    public void The_refit_is_the_training_on_all_rows_for_as_long(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        foreach (double? fraction in new double?[] { null, 0.2 })
        {
            int refit = 0;
            TaskModel model = trainer.Fit(_ml, Recipe(trainer, o =>
            {
                (o.RefitOnAllRows, o.ValidationFraction) = (true, fraction);
                o.Progress = new Listener(epoch => refit += epoch.Phase == TrainingPhase.Refit ? 1 : 0);
            }), TaskRow.Rows(120));
            TaskModel all = trainer.Fit(_ml, Recipe(trainer, o =>
            {
                (o.EarlyStopping, o.NumberOfEpochs, o.LearningRateSchedule) = (false, refit, LearningRateSchedule.WarmRestarts());
                if (task != "regression") o.LabelSmoothing = 0.05f;
            }), TaskRow.Rows(120));

            Assert.IsTrue(refit is 4 or 12 or 28 or 60, $"{refit} epochs");
            CollectionAssert.AreEqual(all.Weights, model.Weights, fraction is null ? "folds" : "held-out rows");
        }
    }

    [TestMethod]
    [DynamicData(nameof(SupervisedTasks))]
    public void With_little_effort_fewer_epochs_are_run_and_none_on_all_rows(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        EpochMetrics[] Epochs(Effort effort)
        {
            var epochs = new List<EpochMetrics>();
            trainer.Fit(_ml, Recipe(trainer, o => (o.Effort, o.Progress) = (effort, new Listener(epochs.Add))), TaskRow.Rows(150));
            return [.. epochs];
        }

        EpochMetrics[] quick = Epochs(Effort.Quick), standard = Epochs(Effort.Standard);
        Assert.IsTrue(quick.All(epoch => epoch is { Phase: TrainingPhase.Training, NumberOfEpochs: 14, ValidationLoss: not null }));
        Assert.IsLessThan(standard.Length, quick.Length);
        Assert.IsTrue(standard.Any(epoch => epoch.Phase == TrainingPhase.Refit));
    }

    [TestMethod]
    [DynamicData(nameof(SupervisedTasks))]
    public void Weighted_ensembles_have_the_same_bits_on_any_number_of_threads(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        float[] Train(int threads, bool balance, double? fraction) => trainer.Fit(_ml, Recipe(trainer, o =>
        {
            (o.EnsembleSize, o.ExampleWeightColumnName, o.NumberOfThreads, o.NumberOfEpochs, o.ValidationFraction) = (2, "Weight", threads, 12, fraction);
            if (o is not SimpleNnClassifierOptionsBase classifier) return;
            classifier.BalanceClasses = balance;
            if (!balance) classifier.ClassWeights = new() { [o is SimpleNnBinaryTrainer.Options ? "true" : "1"] = 3 };
        }), TaskRow.Rows(150)).Everything;

        foreach ((bool balance, double? fraction) in new (bool, double?)[] { (true, null), (false, null), (false, 0.2) })
        {
            float[] one = Train(1, balance, fraction);
            Assert.IsTrue(one.All(float.IsFinite));
            CollectionAssert.AreEqual(one, Train(2, balance, fraction));
            CollectionAssert.AreEqual(one, Train(3, balance, fraction));
        }
    }

    /// <summary>Classes whose chance the features tell: without the calibration the smoothed probabilities are not those chances.</summary>
    [TestMethod]
    public void Calibration_brings_probabilities_to_frequencies()
    {
        IDataView train = _ml.Data.LoadFromEnumerable(BinaryBlob.TwoClouds(2600, distance: 1.5f, seed: 1));
        IDataView test = _ml.Data.LoadFromEnumerable(BinaryBlob.TwoClouds(4000, distance: 1.5f, seed: 2));
        double Error(SimpleNnBinaryTrainer.Options options)
        {
            (options.Seed, options.HiddenLayers) = (1, [32]);
            IDataView scored = _ml.BinaryClassification.Trainers.SimpleNn(options).Fit(train).Transform(test);
            return CalibrationError([.. scored.GetColumn<float>("Probability")], [.. scored.GetColumn<bool>("Label")]);
        }

        double calibrated = Error(new()), smoothed = Error(new() { Calibrate = false, LabelSmoothing = 0.1f });
        Assert.IsLessThan(smoothed, calibrated);
        Assert.IsLessThan(0.04, calibrated);
    }

    /// <summary>The mean difference of chance and frequency, over ten bins of the predicted chance (expected calibration error).</summary>
    private static double CalibrationError(float[] chances, bool[] labels) => chances.Zip(labels).GroupBy(pair => Math.Min(9, (int)(10 * pair.First)))
        .Sum(bin => Math.Abs(bin.Average(pair => pair.First) - bin.Average(pair => pair.Second ? 1.0 : 0)) * bin.Count()) / chances.Length;
}
