namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class AdamOptimizerTests
{
    private const double Tolerance = 2e-7;

    [TestMethod]
    public void Steps_by_hand()
    {
        using var weight = new OneWeight(new AdamOptimizer { LearningRate = 0.01f });

        // m = 0.1 * 0.5 = 0.05, v = 0.001 * 0.25 = 0.00025; step 0.01 sqrt(0.001) / 0.1 = 0.00316228, times 0.05 / sqrt(0.00025) = 3.16228.
        weight.Step(0.5f);
        Assert.AreEqual(0.99, weight.Value, Tolerance);

        // m = 0.9 * 0.05 - 0.1 = -0.055, v = 0.999 * 0.00025 + 0.001 = 0.00124975; step 0.01 sqrt(0.001999) / 0.19 = 0.00235317,
        // times -0.055 / sqrt(0.00124975) = -1.55579: 0.99 + 0.00366104.
        weight.Step(-1);
        Assert.AreEqual(0.99366104, weight.Value, Tolerance);
    }

    [TestMethod]
    public void AmsGrad_divides_by_the_largest_v()
    {
        using var adam = new OneWeight(new AdamOptimizer { LearningRate = 0.01f, Beta2 = 0.5f });
        using var amsGrad = new OneWeight(new AdamOptimizer { LearningRate = 0.01f, Beta2 = 0.5f, AmsGrad = true });

        // First v = 0.5 * 0.25 = 0.125 for both: as Adam's first step always does, it moves by the learning rate.
        adam.Step(0.5f);
        amsGrad.Step(0.5f);
        Assert.AreEqual(0.99, adam.Value, Tolerance);
        Assert.AreEqual(0.99, amsGrad.Value, Tolerance);

        // Then m = 0.045, v = 0.0625, and the largest v stays 0.125; step 0.01 sqrt(0.75) / 0.19 = 0.0455803.
        adam.Step(0);
        amsGrad.Step(0);
        Assert.AreEqual(0.99 - 0.0455803 * 0.045 / 0.25, adam.Value, Tolerance);
        Assert.AreEqual(0.99 - 0.0455803 * 0.045 / 0.353553391, amsGrad.Value, Tolerance);
    }

    [TestMethod]
    public void Epsilon_is_added_to_the_root_of_v()
    {
        using var weight = new OneWeight(new AdamOptimizer { LearningRate = 0.01f, Epsilon = 1 });
        weight.Step(0.5f);

        // 0.00316228 * 0.05 / (sqrt(0.00025) + 1)
        Assert.AreEqual(1 - 0.00316228 * 0.05 / 1.015811388, weight.Value, Tolerance);
    }

    [TestMethod]
    public void Weight_decay_by_hand()
    {
        using var weight = new OneWeight(new AdamWOptimizer { LearningRate = 0.01f, WeightDecay = 0.1f });
        weight.Step(0.5f);

        Assert.AreEqual(0.999 - 0.01, weight.Value, Tolerance); // (1 - 0.01 * 0.1) * 1, less Adam's step
    }

    [TestMethod]
    public void Weight_decay_falls_with_the_learning_rate()
    {
        using var weight = new OneWeight(new AdamWOptimizer { LearningRate = 0.01f, WeightDecay = 0.1f });
        weight.Step(0.5f, learningRateFactor: 0.5f);

        Assert.AreEqual(0.9995 - 0.005, weight.Value, Tolerance);
    }

    [TestMethod]
    public void Moments_that_have_decayed_to_nothing_are_zero_and_not_denormal_numbers()
    {
        using var weight = new OneWeight(new AdamOptimizer { Beta1 = 0.5f, Beta2 = 0.5f });
        weight.Step(1);
        for (int i = 0; i < 110; i++) weight.Step(0);

        Assert.IsFalse(weight.State.Slots(0).Any(slot => slot.Span.ContainsAnyExcept(0f)));
    }

    [TestMethod]
    public void The_defaults_are_the_documented_ones()
    {
        var adam = new AdamOptimizer();
        var adamW = new AdamWOptimizer();

        Assert.AreEqual((0.001f, 0.9f, 0.999f, 1e-8f, false), (adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon, adam.AmsGrad));
        Assert.AreEqual((0.001f, 0.01f), (adamW.LearningRate, adamW.WeightDecay));
    }
}
