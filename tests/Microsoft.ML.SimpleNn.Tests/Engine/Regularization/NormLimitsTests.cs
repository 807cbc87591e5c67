namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Clipping of the gradient and the limit on the weights' norm, seen in a run.</summary>
[TestClass]
public sealed class NormLimitsTests
{
    private const float Rate = 0.5f;

    [TestMethod]
    public void A_step_is_never_longer_than_the_rate_times_the_largest_gradient_and_keeps_its_direction()
    {
        double[] start = Train(1e-30f, null, null), free = Train(Rate, null, null), clipped = Train(Rate, 0.01f, null);
        double[] freeStep = [.. free.Zip(start, (a, b) => a - b)], clippedStep = [.. clipped.Zip(start, (a, b) => a - b)];

        Assert.IsGreaterThan(0.1, Length(freeStep));
        Assert.AreEqual(0.005, Length(clippedStep), 1e-6);
        double cosine = freeStep.Zip(clippedStep, (a, b) => a * b).Sum() / (Length(freeStep) * Length(clippedStep));
        Assert.AreEqual(1, cosine, 1e-6);
    }

    [TestMethod]
    public void A_gradient_within_the_limit_is_not_touched() =>
        CollectionAssert.AreEqual(Train(Rate, null, null), Train(Rate, 1000, null));

    [TestMethod]
    public void The_penalty_is_clipped_too() =>
        Assert.AreEqual(0.005, Length([.. Train(Rate, 0.01f, null, l2: 1000).Zip(Train(1e-30f, null, null), (a, b) => a - b)]), 1e-6);

    [TestMethod]
    public void The_weights_of_every_unit_are_within_the_limit_after_a_run()
    {
        Assert.IsGreaterThan(1.0, LargestNorm(Run(0.05f, null, null, 0, epochs: 20)));
        Assert.AreEqual(0.5, LargestNorm(Run(0.05f, null, 0.5f, 0, epochs: 20)), 1e-6);
    }

    private static double[] Train(float rate, float? gradientNorm, float? weightNorm, float l2 = 0) =>
        Array.ConvertAll(Run(rate, gradientNorm, weightNorm, l2, epochs: 1).AllWeights(), w => (double)w);

    private static Network Run(float rate, float? gradientNorm, float? weightNorm, float l2, int epochs)
    {
        Network network = Network.Create(5, [7], 3, Activation.Tanh);
        TrainingLoop.Run(network, new SampleRows(30).ToExamples(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new SgdOptimizer { LearningRate = rate },
            NumberOfEpochs = epochs,
            BatchSize = 30,
            L2Regularization = l2,
            MaximumGradientNorm = gradientNorm,
            MaximumWeightNorm = weightNorm,
            NormalizeFeatures = false,
            NumberOfThreads = 1,
        });
        return network;
    }

    private static double LargestNorm(Network network) =>
        network.Layers.Max(layer => layer.GetWeights().Chunk(layer.Inputs).Max(unit => Length(Array.ConvertAll(unit, w => (double)w))));

    private static double Length(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
