using System.Globalization;

namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class RegressionLossesTests
{
    [TestMethod]
    public void Absolute_error_by_hand() => Check(Loss.AbsoluteError, z: [3, -1, 2], t: [1, 1, 2], losses: [2, 2, 0], slopes: [1, -1, 0]);

    [TestMethod]
    public void Huber_by_hand() =>
        // Within delta 2 d^2 / 2, beyond 2 (|d| - 1).
        Check(Loss.Huber(2), z: [1, 2, -3, 5], t: [0, 0, 0, 0], losses: [0.5, 2, 4, 8], slopes: [1, 2, -2, 2]);

    [TestMethod]
    public void Poisson_by_hand() =>
        Check(Loss.Poisson, z: [0, 1, -2], t: [2, 0, 1], losses: [1, Math.E, Math.Exp(-2) + 2], slopes: [-1, Math.E, Math.Exp(-2) - 1]);

    [TestMethod]
    public void Quantiles_by_hand() =>
        // p of each output: below the target p (t - z), above (1 - p) (z - t).
        Check(Loss.Quantile(0.1f, 0.1f, 0.9f, 0.9f), z: [0, 5, 0, 5], t: [2, 2, 2, 2], losses: [0.2, 2.7, 1.8, 0.3], slopes: [-0.1, 0.9, -0.9, 0.1]);

    [TestMethod]
    public void One_quantile_serves_all_outputs() =>
        Check(Loss.Quantile(0.25f), z: [.. Enumerable.Repeat(1f, 20)], t: [.. Enumerable.Repeat(2f, 20)],
            losses: [.. Enumerable.Repeat(0.25, 20)], slopes: [.. Enumerable.Repeat(-0.25, 20)]);

    [TestMethod]
    public void A_missing_target_has_no_loss_and_no_delta()
    {
        foreach (Loss loss in new[] { Loss.SquaredError, Loss.AbsoluteError, Loss.Huber(), Loss.Poisson, Loss.Quantile(0.5f), Loss.SigmoidCrossEntropy })
        {
            var whole = new LossAtOutputs(loss, [[0.3f, 0.8f]], [1, 0]);
            var masked = new LossAtOutputs(loss, [[0.3f, 0.8f, -4]], [1, 0, float.NaN]);

            // The mean is taken over all outputs: two thirds of the mean over the two that are known.
            Assert.AreEqual(whole.Value * 2 / 3, masked.Value, 1e-6);
            Assert.AreEqual(0, masked.Delta[2]);
            for (int i = 0; i < 2; i++) Assert.AreEqual(whole.Delta[i] * 2 / 3, masked.Delta[i], 1e-6);
        }
    }

    [TestMethod]
    public void Poisson_overflows_for_no_output()
    {
        float[] predictions = [-1e4f, 0, 1, 1e4f];
        Loss.Poisson.ToPrediction(predictions, 1, 4);

        Assert.AreEqual((1f, (float)Math.E), (predictions[1], predictions[2]));
        Assert.IsTrue(float.IsFinite(predictions[3]) && predictions[3] > 1e30f);
        Assert.IsTrue(double.IsFinite(new LossAtOutputs(Loss.Poisson, [[80f, -1e4f]], [1, 1]).Value));
    }

    [TestMethod]
    public void Constants_out_of_range_are_refused()
    {
        foreach (float delta in new[] { 0, -float.Epsilon, float.NaN, float.PositiveInfinity })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Loss.Huber(delta));
            Assert.StartsWith("delta must be above 0, and finite. (Parameter 'delta')", error.Message);
            Assert.AreEqual(delta.ToString(CultureInfo.InvariantCulture), error.ActualValue);
        }

        foreach (float p in new[] { 0, 1, -float.Epsilon, float.NaN, float.PositiveInfinity })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Loss.Quantile(0.5f, p));
            Assert.StartsWith("A probability must be above 0 and below 1. (Parameter 'probabilities')", error.Message);
            Assert.AreEqual(p.ToString(CultureInfo.InvariantCulture), error.ActualValue);
        }

        Assert.Contains("A quantile loss needs at least one probability.", Assert.ThrowsExactly<ArgumentException>(() => Loss.Quantile()).Message);
        Assert.Contains("The loss has 2 quantiles, one for each output, but the network has 3 outputs.",
            Assert.ThrowsExactly<ArgumentException>(() => new LossAtOutputs(Loss.Quantile(0.1f, 0.9f), [[1, 2, 3]], [1, 2, 3])).Message);
    }

    [TestMethod]
    public void Constants_at_the_ends_of_their_ranges_are_taken()
    {
        Check(Loss.Huber(float.Epsilon), z: [3], t: [1], losses: [0], slopes: [0]);
        Check(Loss.Huber(float.MaxValue), z: [3], t: [1], losses: [2], slopes: [2]);
        Check(Loss.Quantile(float.Epsilon, MathF.BitDecrement(1)), z: [3, 3], t: [1, 1], losses: [2, 0], slopes: [1, 0]);
    }

    /// <summary>One row: the mean loss over the outputs, and the derivative by each, divided by their number.</summary>
    private static void Check(Loss loss, float[] z, float[] t, double[] losses, double[] slopes)
    {
        var evaluated = new LossAtOutputs(loss, [z], t);

        Assert.AreEqual(losses.Average(), evaluated.Value, 1e-6);
        for (int i = 0; i < z.Length; i++) Assert.AreEqual(slopes[i] / z.Length, evaluated.Delta[i], 1e-6, $"output {i}");
        Assert.IsFalse(loss.HasAccuracy);
    }
}
