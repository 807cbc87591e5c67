namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class SigmoidCrossEntropyTests
{
    [TestMethod]
    [DataRow(0f, 1f, 0.6931471805599453)] // log 2
    [DataRow(0f, 0f, 0.6931471805599453)]
    [DataRow(2f, 1f, 0.1269280110429726)] // log(1 + e^-2)
    [DataRow(2f, 0f, 2.1269280110429727)]
    [DataRow(-2f, 0.25f, 0.6269280110429726)] // log(1 + e^-2) + 2 * 0.25
    public void Known_values(float output, float target, double expected) =>
        Assert.AreEqual(expected, new LossAtOutputs(Loss.SigmoidCrossEntropy, [[output]], [target]).Value, 1e-6);

    [TestMethod]
    [DataRow(1e4f, 1f, 0.0, 0.0)]
    [DataRow(1e4f, 0f, 1e4, 1.0)]
    [DataRow(-1e4f, 1f, 1e4, -1.0)]
    [DataRow(-1e4f, 0f, 0.0, 0.0)]
    public void Stable_for_outputs_of_ten_thousand(float output, float target, double expected, double delta)
    {
        var evaluated = new LossAtOutputs(Loss.SigmoidCrossEntropy, [[output]], [target]);

        Assert.AreEqual(expected, evaluated.Value, 1e-6 * (1 + expected));
        Assert.AreEqual(delta, evaluated.Delta[0], 1e-6);
    }

    [TestMethod]
    public void The_loss_is_a_mean_over_rows_and_outputs()
    {
        var evaluated = new LossAtOutputs(Loss.SigmoidCrossEntropy, [[0, 0], [0, 0]], [0, 1, 1, 1]);

        Assert.AreEqual(Math.Log(2), evaluated.Value, 1e-6);
        CollectionAssert.AreEqual(new[] { 0.125f, -0.125f, -0.125f, -0.125f }, evaluated.Delta);
    }

    [TestMethod]
    public void Right_is_the_side_of_zero_that_the_target_says_for_every_output() =>
        Assert.AreEqual(1 + 8, new LossAtOutputs(Loss.SigmoidCrossEntropy, [[3, -1], [3, 1], [-1, -1], [-2, 5]], [1, 0, 1, 0, 1, 0, 0, 1], [1, 2, 4, 8]).WeightOfRight);

    [TestMethod]
    public void Predictions_are_probabilities()
    {
        float[] rows = [0, 2, -2, 1e4f, -1e4f];
        Loss.SigmoidCrossEntropy.ToPrediction(rows, 5, 1);

        double[] expected = [0.5, 0.8807970779778823, 0.11920292202211755, 1, 0];
        for (int i = 0; i < rows.Length; i++) Assert.AreEqual(expected[i], rows[i], 1e-7, $"value {i}");
    }
}
