namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Targets mixed with equal chances change the gradients alone.</summary>
[TestClass]
public sealed class LabelSmoothingTests
{
    [TestMethod]
    public void The_gradient_of_a_softmax_is_that_of_a_target_mixed_with_equal_chances()
    {
        // Softmax of log 1, log 2, log 5 is 1/8, 2/8, 5/8. With smoothing 0.3 the target is 0.8 for the class and 0.1 for the others; two rows, of weights 1 and 3.
        float[] z = [0, MathF.Log(2), MathF.Log(5)];
        var smoothed = new LossAtOutputs(Loss.SoftmaxCrossEntropy.WithLabelSmoothing(0.3f), [z, z], [1, 2], [1, 3]);

        double[] expected = [.. new[] { 0.125 - 0.1, 0.25 - 0.8, 0.625 - 0.1, 3 * (0.125 - 0.1), 3 * (0.25 - 0.1), 3 * (0.625 - 0.8) }.Select(delta => delta / 2)];
        for (int i = 0; i < 6; i++) Assert.AreEqual(expected[i], smoothed.Delta[i], 1e-7, $"delta {i}");
        Assert.AreEqual((Math.Log(4) + 3 * Math.Log(1.6)) / 2, smoothed.Value, 1e-6, "the loss of the targets as they are");
    }

    [TestMethod]
    public void The_gradient_of_a_sigmoid_is_that_of_a_target_mixed_with_one_half()
    {
        // Sigmoids 0.8 and 0.5; targets 1 and 0 become 0.9 and 0.1; one row of two outputs. A target that is missing stays missing.
        float[] z = [MathF.Log(4), 0, 3];
        var smoothed = new LossAtOutputs(Loss.SigmoidCrossEntropy.WithLabelSmoothing(0.2f), [z], [1, 0, float.NaN]);

        Assert.AreEqual((0.8 - 0.9) / 3, smoothed.Delta[0], 1e-7);
        Assert.AreEqual((0.5 - 0.1) / 3, smoothed.Delta[1], 1e-7);
        Assert.AreEqual(0, smoothed.Delta[2]);
        Assert.AreEqual((Math.Log(1.25) + Math.Log(2)) / 3, smoothed.Value, 1e-6, "the loss of the targets as they are");
    }

    [TestMethod]
    public void Nothing_smoothed_is_the_loss_itself_and_numbers_have_nothing_to_smooth()
    {
        Assert.AreSame(Loss.SoftmaxCrossEntropy, Loss.SoftmaxCrossEntropy.WithLabelSmoothing(0));
        Assert.AreSame(Loss.SigmoidCrossEntropy, Loss.SigmoidCrossEntropy.WithLabelSmoothing(0));
        Assert.AreSame(Loss.SquaredError, Loss.SquaredError.WithLabelSmoothing(0.1f));
    }

    [TestMethod]
    public void A_run_reports_the_losses_of_the_targets_as_they_are()
    {
        // One step with no rate to speak of: both runs see the same outputs.
        double LossWith(float smoothing) => TrainingLoop.Run(Network.Create(5, [6], 3), new SampleRows(40).ToExamples(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new SgdOptimizer { LearningRate = 1e-12f },
            LabelSmoothing = smoothing,
            NumberOfEpochs = 1,
            BatchSize = 40,
            NumberOfThreads = 1,
        }).Epochs[0].TrainingLoss;

        Assert.AreEqual(LossWith(0), LossWith(0.5f));
    }
}
