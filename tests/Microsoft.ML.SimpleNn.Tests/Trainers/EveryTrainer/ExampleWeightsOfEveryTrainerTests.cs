using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>Weight 2 is the row twice and weight 0 no row, in every trainer: of training rows, held-out rows and given validation rows.</summary>
[TestClass]
public sealed class ExampleWeightsOfEveryTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Tasks => TaskTrainer.Names;

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Weight_two_is_the_row_given_twice(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        List<TaskRow> rows = TaskRow.Rows(60);
        float[] weighted = trainer.Fit(_ml, trainer.Options(FullBatch), rows).Everything;
        float[] repeated = trainer.Fit(_ml, trainer.Options(o => { FullBatch(o); o.ExampleWeightColumnName = null; }), Repeated(rows)).Everything;

        for (int i = 0; i < weighted.Length; i++)
            Assert.AreEqual(repeated[i], weighted[i], 1e-5);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Weight_two_of_a_validation_row_is_the_row_given_twice(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        List<TaskRow> validation = TaskRow.Rows(30, seed: 2);
        double Loss(List<TaskRow> rows, string? weights) =>
            trainer.Fit(_ml, trainer.Options(o => o.ExampleWeightColumnName = weights), TaskRow.Rows(60).ConvertAll(Unweighted), rows).History.Epochs[^1].ValidationLoss!.Value;
        double weighted = Loss(validation, "Weight");

        Assert.AreEqual(Loss(Repeated(validation), null), weighted, 1e-6 * weighted);
        Assert.AreNotEqual(Loss(validation, null), weighted, 1e-3 * weighted);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Weight_zero_is_an_absent_row_to_the_bit_held_out_rows_included(string task)
    {
        TaskTrainer trainer = TaskTrainer.All[task];
        SimpleNnOptionsBase options = trainer.Options(o => (o.ExampleWeightColumnName, o.EarlyStopping, o.ValidationFraction) = ("Weight", true, 0.2));
        List<TaskRow> rows = TaskRow.Rows(60), absent = TaskRow.Rows(9, seed: 9);
        absent.ForEach(row => (row.Weight, row.Features[0], row.Number) = (0, 1000, -1000));

        CollectionAssert.AreEqual(trainer.Fit(_ml, options, rows).Everything, trainer.Fit(_ml, options, [.. absent, .. rows]).Everything);
    }

    /// <summary>All rows in each step, since where rows lie in minibatches matters; gradient descent, which does not blow a rounding up.</summary>
    private static void FullBatch(SimpleNnOptionsBase options)
    {
        (options.ExampleWeightColumnName, options.BatchSize, options.Activation) = ("Weight", 1000, Activation.Tanh);
        options.Optimizer = new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.5f };
    }

    private static List<TaskRow> Repeated(List<TaskRow> rows) => [.. rows.SelectMany(row => Enumerable.Repeat(row, (int)row.Weight))];

    private static TaskRow Unweighted(TaskRow row)
    {
        row.Weight = 1;
        return row;
    }
}
