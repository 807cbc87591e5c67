namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The derivatives of a row's loss by the factor of its outputs, by hand.</summary>
[TestClass]
public sealed class LossSlopesTests
{
    [TestMethod]
    public void Of_a_softmax_the_mean_less_the_class_s_output_and_the_variance()
    {
        // Probabilities 0.5, 0.3, 0.2 of outputs 1, 2, -1: mean 0.9, mean of squares 1.9, variance 1.09. Class 1, weight 2; 10 and 20 were there before.
        double first = 10, second = 20;
        Loss.SoftmaxCrossEntropy.AddSlopes([1, 2, -1], [0.5f, 0.3f, 0.2f], [1], 2, ref first, ref second);

        Assert.AreEqual(10 + 2 * (0.9 - 2), first, 1e-6);
        Assert.AreEqual(20 + 2 * 1.09, second, 1e-6);
    }

    [TestMethod]
    public void Of_sigmoids_each_known_target_adds_its_own()
    {
        // (p - t) z and p (1 - p) z z, for p = 0.75, z = 2, t = 1 and p = 0.25, z = -3, t = 0; the target between is missing.
        double first = 10, second = 20;
        Loss.SigmoidCrossEntropy.AddSlopes([2, 5, -3], [0.75f, 0.5f, 0.25f], [1, float.NaN, 0], 4, ref first, ref second);

        Assert.AreEqual(10 + 4 * (-0.25 * 2 + 0.25 * -3), first, 1e-6);
        Assert.AreEqual(20 + 4 * (0.1875 * 4 + 0.1875 * 9), second, 1e-6);
    }

    [TestMethod]
    public void Losses_for_numbers_have_none() =>
        Assert.ThrowsExactly<NotSupportedException>(() =>
        {
            double first = 0, second = 0;
            Loss.SquaredError.AddSlopes([1], [1], [1], 1, ref first, ref second);
        });

    [TestMethod]
    public void Only_losses_of_probabilities_have_classes_and_a_temperature()
    {
        Assert.AreEqual((true, true), (Loss.SoftmaxCrossEntropy.GivesProbabilities, Loss.SigmoidCrossEntropy.GivesProbabilities));
        Assert.AreEqual((4, 2, 0), (Loss.SoftmaxCrossEntropy.ClassesOf(4), Loss.SigmoidCrossEntropy.ClassesOf(1), Loss.SigmoidCrossEntropy.ClassesOf(3)));
        Assert.AreEqual((TargetUnit.AsGiven, TargetUnit.AsGiven), (Loss.SoftmaxCrossEntropy.TargetUnit, Loss.SigmoidCrossEntropy.TargetUnit));
        foreach (Loss loss in new[] { Loss.SquaredError, Loss.AbsoluteError, Loss.Huber(), Loss.Poisson, Loss.Quantile(0.5f) })
        {
            Assert.AreEqual((false, 0), (loss.GivesProbabilities, loss.ClassesOf(1)), loss.GetType().Name);
            Assert.AreEqual(loss == Loss.Poisson ? TargetUnit.DividedByMean : TargetUnit.Standardised, loss.TargetUnit);
        }
    }

    [TestMethod]
    public void A_row_of_several_probabilities_is_right_where_all_that_are_known_are() =>
        // Right, wrong in the second, right where it is known; 0 is no, and a target of one half is no.
        Assert.AreEqual(1 + 4 + 8, new LossAtOutputs(
            Loss.SigmoidCrossEntropy, [[2, -1], [2, 1], [-1, 9], [0, -2]], [1, 0, 1, 0, 0, float.NaN, 0.5f, 0.25f], [1, 2, 4, 8]).WeightOfRight);

    [TestMethod]
    public void Predictions_of_numbers_are_the_outputs()
    {
        foreach (Loss loss in new[] { Loss.AbsoluteError, Loss.Huber(), Loss.Quantile(0.5f) })
        {
            float[] outputs = [1.5f, -2, 1e30f];
            loss.ToPrediction(outputs, 3, 1);
            CollectionAssert.AreEqual(new[] { 1.5f, -2, 1e30f }, outputs, loss.GetType().Name);
        }
    }
}
