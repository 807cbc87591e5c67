using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Fit(train, modelParameters) of every trainer: from the weights, with or without what the optimizer remembers, and only with a network of its shape.</summary>
[TestClass]
public sealed class ContinuationOfEveryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    public static IEnumerable<object[]> SupervisedTasks => TaskTrainer.SupervisedNames;

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Ten_epochs_and_ten_more_are_twenty_if_the_state_is_kept(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        SimpleNnOptionsBase Options(int epochs, bool keep) => trainer.Options(o =>
            (o.NumberOfEpochs, o.KeepOptimizerState, o.BatchSize, o.Activation, o.Optimizer) = (epochs, keep, 1000, Activation.Tanh, new SgdOptimizer { LearningRate = 0.05f, Momentum = 0.9f }));
        TaskModel Twice(bool keep) => trainer.Fit(_ml, Options(10, keep), TaskRow.Rows(80), earlier: trainer.Fit(_ml, Options(10, keep), TaskRow.Rows(80)));
        float[] once = trainer.Fit(_ml, Options(20, keep: false), TaskRow.Rows(80)).Weights;
        TaskModel kept = Twice(keep: true), forgotten = Twice(keep: false);

        Assert.IsLessThan(1e-4, Distance(once, kept.Weights));
        Assert.IsGreaterThan(1e-2, Distance(once, forgotten.Weights));
        Assert.AreEqual(20, kept.Trained[0].OptimizerState!.StepCount);
        Assert.IsNull(forgotten.Trained[0].OptimizerState);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void The_earlier_model_stays_as_it_is(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel first = trainer.Fit(_ml, trainer.Options(o => o.KeepOptimizerState = true), TaskRow.Rows(80));
        float[] before = first.Everything;
        TaskModel further = trainer.Fit(_ml, trainer.Options(o => o.KeepOptimizerState = true), TaskRow.Rows(80), earlier: first);

        CollectionAssert.AreEqual(before, first.Everything);
        CollectionAssert.AreNotEqual(before, further.Everything);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void A_network_of_another_shape_is_refused(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel first = trainer.Fit(_ml, trainer.Options(), TaskRow.Rows(80));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_ml, trainer.Options(o => o.HiddenLayers = [5, 3]), TaskRow.Rows(80), earlier: first));

        Assert.MatchesRegex("^The given model cannot be trained further: its network is 4-8-.* but data and options ask for 4-5-3-.*", error.Message);
        Assert.Contains("Give the trainer the hidden layers and the activation of the model", error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(SupervisedTasks))]
    public void An_ensemble_of_another_size_is_refused(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        TaskModel first = trainer.Fit(_ml, trainer.Options(o => o.EnsembleSize = 2), TaskRow.Rows(80));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_ml, trainer.Options(), TaskRow.Rows(80), earlier: first));

        Assert.AreEqual("The given model cannot be trained further: it has 2 networks, but EnsembleSize is 1. Set EnsembleSize to 2.", error.Message);
    }

    private static double Distance(float[] expected, float[] actual) => expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max();
}
