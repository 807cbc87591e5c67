using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>A row of weight 2 is the row given twice, and a row of weight 0 is no row: in both trainers, scales of the features included.</summary>
[TestClass]
public sealed class ExampleWeightsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Weight_two_is_the_row_given_twice_for_several_classes()
    {
        List<Blob> weighted = Blob.Rows(60, distance: 1);
        for (int row = 0; row < weighted.Count; row++)
            weighted[row].Weight = row % 4 == 0 ? 2 : 1;
        List<Blob> repeated = [.. weighted.SelectMany(row => Enumerable.Repeat(new Blob { Label = row.Label, Features = row.Features }, (int)row.Weight))];

        AssertSame(BlobTask.Weights(BlobTask.Train(_ml, repeated, FullBatch(BlobTask.Options()))), BlobTask.Weights(BlobTask.Train(_ml, weighted, FullBatch(BlobTask.Options()))));
    }

    [TestMethod]
    public void Weight_two_is_the_row_given_twice_for_two_classes()
    {
        List<BinaryBlob> weighted = BinaryBlob.Rows(60, distance: 1);
        for (int row = 0; row < weighted.Count; row++)
            weighted[row].Weight = row % 4 == 0 ? 2 : 1;
        List<BinaryBlob> repeated = [.. weighted.SelectMany(row => Enumerable.Repeat(new BinaryBlob { Label = row.Label, Features = row.Features }, (int)row.Weight))];

        AssertSame(
            BinaryTask.Weights(BinaryTask.Train(_ml, repeated, FullBatch(BinaryTask.Options())).Model.SubModel),
            BinaryTask.Weights(BinaryTask.Train(_ml, weighted, FullBatch(BinaryTask.Options())).Model.SubModel));
    }

    [TestMethod]
    public void Other_weights_give_another_model()
    {
        List<Blob> rows = Blob.Rows(60, distance: 1);
        float[] unweighted = BlobTask.Weights(BlobTask.Train(_ml, rows, FullBatch(BlobTask.Options())));
        for (int row = 0; row < rows.Count; row++)
            rows[row].Weight = row % 4 == 0 ? 2 : 1;

        Assert.IsGreaterThan(1e-2, Distance(unweighted, BlobTask.Weights(BlobTask.Train(_ml, rows, FullBatch(BlobTask.Options())))));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Weight_zero_is_an_absent_row_down_to_the_bit_held_out_rows_included(bool earlyStopping)
    {
        var options = BinaryTask.Options();
        (options.ExampleWeightColumnName, options.EarlyStopping, options.ValidationFraction) = ("Weight", earlyStopping, 0.2);
        List<BinaryBlob> rows = BinaryBlob.Rows(), absent = BinaryBlob.Rows(9, seed: 9);
        absent.ForEach(row => (row.Weight, row.Features[0]) = (0, 1000));

        CollectionAssert.AreEqual(
            BinaryTask.Weights(BinaryTask.Train(_ml, rows, options).Model.SubModel),
            BinaryTask.Weights(BinaryTask.Train(_ml, [.. absent, .. rows], options).Model.SubModel));
    }

    /// <summary>All rows in each step, since where rows lie in minibatches matters; gradient descent, which does not blow a rounding up.</summary>
    private static TOptions FullBatch<TOptions>(TOptions options) where TOptions : SimpleNnOptionsBase
    {
        (options.ExampleWeightColumnName, options.BatchSize, options.Activation) = ("Weight", 1000, Activation.Tanh);
        options.Optimizer = new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.5f };
        return options;
    }

    private static double Distance(float[] expected, float[] actual) => expected.Zip(actual, (x, y) => Math.Abs((double)x - y)).Max();

    private static void AssertSame(float[] expected, float[] actual) => Assert.IsLessThan(1e-5, Distance(expected, actual));
}
