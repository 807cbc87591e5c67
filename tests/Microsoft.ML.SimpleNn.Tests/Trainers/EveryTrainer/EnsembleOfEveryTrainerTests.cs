using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>EnsembleSize in every trainer that has labels: its networks, and for numbers the mean of their predictions.</summary>
[TestClass]
public sealed class EnsembleOfEveryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> SupervisedTasks => TaskTrainer.SupervisedNames;

    [TestMethod]
    [DynamicData(nameof(SupervisedTasks))]
    public void Each_network_is_the_one_that_is_trained_alone_with_its_seed(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        SimpleNnOptionsBase Options(int size, int seed) =>
            trainer.Options(o => (o.EnsembleSize, o.Seed, o.EarlyStopping, o.ValidationFraction) = (size, seed, true, 0.2));
        TaskModel ensemble = trainer.Fit(_ml, Options(size: 3, seed: 5), TaskRow.Rows(80));

        Assert.HasCount(3, ensemble.Trained);
        for (int member = 0; member < 3; member++)
        {
            TaskModel alone = trainer.Fit(_ml, Options(size: 1, seed: 5 + member), TaskRow.Rows(80));
            CollectionAssert.AreEqual(alone.Weights, ensemble.Trained[member].Network.AllWeights(), $"network {member + 1}");
        }
    }

    /// <summary>Of Poisson's loss the rates are averaged, e^output, and not the outputs.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Numbers_are_averaged(bool poisson)
    {
        List<TaskRow> rows = TaskRow.Rows(80);
        rows.ForEach(row => row.Number = Math.Abs(row.Number));
        TaskTrainer trainer = TaskTrainer.All["regression"];
        SimpleNnRegressionModelParameters Model(int size, int seed) => (SimpleNnRegressionModelParameters)trainer.Fit(_ml, trainer.Options(o =>
            (o.EnsembleSize, o.Seed, ((SimpleNnRegressionTrainer.Options)o).Loss) = (size, seed, poisson ? Loss.Poisson : null)), rows).Model;
        SimpleNnRegressionModelParameters ensemble = Model(size: 3, seed: 5);
        SimpleNnRegressionModelParameters[] alone = [.. Enumerable.Range(5, 3).Select(seed => Model(size: 1, seed))];

        foreach (TaskRow row in TaskRow.Rows(20, seed: 2))
        {
            double mean = alone.Average(model => (double)model.Predict(row.Features)[0]);
            Assert.AreEqual(mean, ensemble.Predict(row.Features)[0], 1e-6 * (1 + Math.Abs(mean)));
        }
    }
}
