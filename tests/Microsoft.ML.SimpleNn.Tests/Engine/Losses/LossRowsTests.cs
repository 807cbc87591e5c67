namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Losses of any number of rows and outputs, against the formulas in double precision, and what they refuse.</summary>
[TestClass]
public sealed class LossRowsTests
{
    [TestMethod]
    public void Every_number_of_rows_has_the_mean_of_its_losses()
    {
        // Softmax works on 16 rows at a time.
        for (int rows = 1; rows <= 49; rows++)
        {
            float[][] outputs = [.. Enumerable.Range(0, rows).Select(row => Kernels.Samples.Create(5, seed: row + 1))];
            float[] classes = [.. Enumerable.Range(0, rows).Select(row => row * 7 % 5f)], weights = [.. Enumerable.Range(0, rows).Select(row => 1f + row % 3)];
            double expected = DoubleLoss.Mean(Loss.SoftmaxCrossEntropy, [.. outputs.SelectMany(row => row).Select(z => (double)z)], classes, weights);

            Assert.AreEqual(expected, new LossAtOutputs(Loss.SoftmaxCrossEntropy, outputs, classes, weights).Value, 1e-5, $"{rows} rows");
        }
    }

    [TestMethod]
    public void Each_of_many_quantiles_has_the_probability_of_its_own_output()
    {
        float[] probabilities = [.. Enumerable.Range(1, 40).Select(i => i / 41f)], outputs = Kernels.Samples.Create(40, seed: 1),
            targets = Kernels.Samples.Create(40, seed: 2);
        Loss loss = Loss.Quantile(probabilities);
        var evaluated = new LossAtOutputs(loss, [outputs], targets);

        Assert.AreEqual(DoubleLoss.Mean(loss, Array.ConvertAll(outputs, z => (double)z), targets, [1]), evaluated.Value, 1e-6);
        for (int i = 0; i < 40; i++) Assert.AreEqual(Slope(i) / 40, evaluated.Delta[i], 1e-7, $"output {i}");

        float Slope(int i) => outputs[i] < targets[i] ? -probabilities[i] : outputs[i] > targets[i] ? 1 - probabilities[i] : 0;
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void A_row_is_right_where_all_its_outputs_are(int outputs)
    {
        float[] right = [.. Enumerable.Range(0, outputs).Select(i => i % 2 == 0 ? 2f : -2f)],
            targets = [.. Enumerable.Range(0, outputs).Select(i => i % 2 == 0 ? 1f : 0f)];
        float[] wrong = [.. right[..^1], -right[^1]];

        Assert.AreEqual(1.0, new LossAtOutputs(Loss.SigmoidCrossEntropy, [right, wrong], [.. targets, .. targets], [1, 2]).WeightOfRight);
    }

    [TestMethod]
    public void What_is_not_there_is_refused_by_its_name()
    {
        Assert.AreEqual("probabilities", Assert.ThrowsExactly<ArgumentNullException>(() => Loss.Quantile(null!)).ParamName);
        Assert.AreEqual("workspace", Assert.ThrowsExactly<ArgumentNullException>(() => Loss.SquaredError.Evaluate(null!)).ParamName);
        Assert.AreEqual("rows", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Loss.SquaredError.ToPrediction([], -1, 1)).ParamName);
    }
}
