namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class SoftmaxCrossEntropyTests
{
    [TestMethod]
    [DataRow(new[] { 0f, 0f, 0f }, 1, 1.0986122886681098)] // log 3
    [DataRow(new[] { 1f, 2f, 3f }, 2, 0.4076059644443803)] // log(1 + e^-1 + e^-2)
    [DataRow(new[] { 1f, 2f, 3f }, 0, 2.4076059644443803)]
    [DataRow(new[] { 5f }, 0, 0.0)]
    public void Known_values(float[] outputs, int label, double expected) =>
        Assert.AreEqual(expected, new LossAtOutputs(Loss.SoftmaxCrossEntropy, [outputs], [label]).Value, 1e-6);

    [TestMethod]
    [DataRow(1e4f, -1e4f, 0, 0.0)]
    [DataRow(1e4f, -1e4f, 1, 2e4)]
    [DataRow(-1e4f, -1e4f, 0, 0.6931471805599453)]
    [DataRow(1e4f, 1e4f, 1, 0.6931471805599453)]
    public void Stable_for_outputs_of_ten_thousand(float first, float second, int label, double expected)
    {
        var evaluated = new LossAtOutputs(Loss.SoftmaxCrossEntropy, [[first, second]], [label]);

        Assert.AreEqual(expected, evaluated.Value, 1e-6 * (1 + expected));
        double p = first > second ? 1 : first < second ? 0 : 0.5; // the probability of class 0
        Assert.AreEqual(p - (label == 0 ? 1 : 0), evaluated.Delta[0], 1e-6);
        Assert.AreEqual(1 - p - (label == 1 ? 1 : 0), evaluated.Delta[1], 1e-6);
    }

    [TestMethod]
    public void Delta_is_probability_less_one_for_the_class_divided_by_the_rows()
    {
        var evaluated = new LossAtOutputs(Loss.SoftmaxCrossEntropy, [[0, 0], [0, 0], [0, 0], [0, 0]], [0, 0, 1, 1]);

        CollectionAssert.AreEqual(new[] { -0.125f, 0.125f, -0.125f, 0.125f, 0.125f, -0.125f, 0.125f, -0.125f }, evaluated.Delta);
    }

    [TestMethod]
    public void A_row_counts_with_its_weight()
    {
        var evaluated = new LossAtOutputs(Loss.SoftmaxCrossEntropy, [[0, 0], [0, 0]], [0, 1], [3, 0]);

        Assert.AreEqual(1.5 * Math.Log(2), evaluated.Value, 1e-6);
        CollectionAssert.AreEqual(new[] { -0.75f, 0.75f, 0, 0 }, evaluated.Delta);
    }

    [TestMethod]
    public void Right_is_the_first_of_the_largest_outputs() =>
        Assert.AreEqual(1 + 4, new LossAtOutputs(Loss.SoftmaxCrossEntropy, [[1, 3, 2], [1, 3, 3], [2, 2, 2]], [1, 2, 0], [1, 2, 4]).WeightOfRight);

    [TestMethod]
    public void NaN_among_the_outputs_makes_the_loss_NaN()
    {
        for (int at = 0; at < 3; at++)
        {
            float[] outputs = [1, 2, 3];
            outputs[at] = float.NaN;
            Assert.IsTrue(double.IsNaN(new LossAtOutputs(Loss.SoftmaxCrossEntropy, [outputs], [0]).Value), $"NaN at {at}");
        }
    }

    [TestMethod]
    [DataRow(3f)]
    [DataRow(-1f)]
    [DataRow(1.5f)]
    [DataRow(float.NaN)]
    public void A_target_that_is_no_class_is_refused(float target)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new LossAtOutputs(Loss.SoftmaxCrossEntropy, [[0, 0, 0]], [target]));
        Assert.Contains("A target must be a class, a whole number from 0 to 2.", error.Message);
    }

    [TestMethod]
    public void Predictions_are_probabilities()
    {
        float[] rows = [1000, 1001, 0, 0, -1e4f, 1e4f];
        Loss.SoftmaxCrossEntropy.ToPrediction(rows, 3, 2);

        double[] expected = [1 / (1 + Math.E), Math.E / (1 + Math.E), 0.5, 0.5, 0, 1];
        for (int i = 0; i < rows.Length; i++) Assert.AreEqual(expected[i], rows[i], 1e-7, $"value {i}");
    }

    [TestMethod]
    public void There_may_be_millions_of_classes()
    {
        var outputs = new float[2_000_000];
        Loss.SoftmaxCrossEntropy.ToPrediction(outputs, 1, outputs.Length);

        Assert.AreEqual(1.0 / outputs.Length, outputs[0], 1e-12);
        Assert.AreEqual(outputs[0], outputs[^1]);
    }

    [TestMethod]
    public void A_workspace_without_room_for_the_targets_is_refused()
    {
        var network = Network.Create(2, [], 3);
        using var workspace = new Workspace(network, 4, targetsPerRow: 3);
        var error = Assert.ThrowsExactly<ArgumentException>(() => Loss.SoftmaxCrossEntropy.Evaluate(workspace));
        Assert.Contains("The workspace has room for 3 targets a row, but the loss needs 1 for 3 outputs.", error.Message);
    }
}
