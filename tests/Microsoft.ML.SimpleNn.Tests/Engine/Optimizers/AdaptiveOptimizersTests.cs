namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>AdaGrad, RMSProp and AdaDelta.</summary>
[TestClass]
public sealed class AdaptiveOptimizersTests
{
    private const double Tolerance = 2e-7;

    [TestMethod]
    public void AdaGrad_by_hand()
    {
        using var weight = new OneWeight(new AdaGradOptimizer { LearningRate = 0.1f });

        weight.Step(0.5f);
        Assert.AreEqual(0.9, weight.Value, Tolerance); // h = 0.25; 1 - 0.1 * 0.5 / 0.5
        weight.Step(-1);
        Assert.AreEqual(0.98944272, weight.Value, Tolerance); // h = 1.25; 0.9 + 0.1 / sqrt(1.25)
    }

    [TestMethod]
    public void RmsProp_by_hand()
    {
        using var weight = new OneWeight(new RmsPropOptimizer { LearningRate = 0.1f, Decay = 0.9f });

        weight.Step(0.5f);
        Assert.AreEqual(0.68377223, weight.Value, Tolerance); // v = 0.1 * 0.25; 1 - 0.1 * 0.5 / sqrt(0.025)
        weight.Step(0.5f);
        Assert.AreEqual(0.45435646, weight.Value, Tolerance); // v = 0.9 * 0.025 + 0.025 = 0.0475; less 0.1 * 0.5 / sqrt(0.0475)
    }

    [TestMethod]
    public void AdaDelta_by_hand()
    {
        using var weight = new OneWeight(new AdaDeltaOptimizer());

        weight.Step(0.5f);
        Assert.AreEqual(0.99552804, weight.Value, Tolerance); // v = 0.0125, s = 0; d = 0.5 sqrt(1e-6 / 0.012501) = 0.00447196
        weight.Step(0.5f);
        Assert.AreEqual(0.99099912, weight.Value, Tolerance); // v = 0.024375, s = 0.05 d d = 9.9992e-7; d = 0.5 sqrt(1.99992e-6 / 0.024376)
    }

    [TestMethod]
    public void The_defaults_are_the_documented_ones()
    {
        var adaGrad = new AdaGradOptimizer();
        var rmsProp = new RmsPropOptimizer();
        var adaDelta = new AdaDeltaOptimizer();

        Assert.AreEqual((0.01f, 1e-8f), (adaGrad.LearningRate, adaGrad.Epsilon));
        Assert.AreEqual((0.001f, 0.99f, 1e-8f), (rmsProp.LearningRate, rmsProp.Decay, rmsProp.Epsilon));
        Assert.AreEqual((1f, 0.95f, 1e-6f), (adaDelta.LearningRate, adaDelta.Decay, adaDelta.Epsilon));
    }
}
