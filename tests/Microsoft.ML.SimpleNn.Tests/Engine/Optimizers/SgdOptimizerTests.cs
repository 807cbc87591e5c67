namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class SgdOptimizerTests
{
    private const double Tolerance = 2e-7;

    [TestMethod]
    public void A_step_by_hand()
    {
        using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.1f });

        weight.Step(0.5f);
        Assert.AreEqual(0.95, weight.Value, Tolerance); // 1 - 0.1 * 0.5
        weight.Step(-1);
        Assert.AreEqual(1.05, weight.Value, Tolerance); // 0.95 + 0.1 * 1
    }

    [TestMethod]
    public void Momentum_by_hand()
    {
        using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.9f });

        weight.Step(0.5f);
        Assert.AreEqual(0.95, weight.Value, Tolerance); // v = 0.5
        weight.Step(0.5f);
        Assert.AreEqual(0.855, weight.Value, Tolerance); // v = 0.9 * 0.5 + 0.5 = 0.95; 0.95 - 0.1 * 0.95
        weight.Step(0);
        Assert.AreEqual(0.7695, weight.Value, Tolerance); // v = 0.9 * 0.95 = 0.855; 0.855 - 0.1 * 0.855
    }

    [TestMethod]
    public void Nesterov_by_hand()
    {
        using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.9f, Nesterov = true });

        weight.Step(0.5f);
        Assert.AreEqual(0.8645, weight.Value, Tolerance); // v = 0.5; 1 - 0.1 * (0.5 + 0.9 * (0.5 + 0.9 * 0.5))
        weight.Step(0);
        Assert.AreEqual(0.82805, weight.Value, Tolerance); // v = 0.45; 0.8645 - 0.1 * 0.9 * 0.9 * 0.45
    }

    [TestMethod]
    public void Nesterov_without_momentum_changes_nothing()
    {
        using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.1f, Nesterov = true });
        weight.Step(0.5f);

        Assert.AreEqual(0.95, weight.Value, Tolerance);
    }

    [TestMethod]
    public void The_three_forms_come_to_the_same_step_for_a_steady_gradient()
    {
        foreach (bool nesterov in new[] { false, true })
        {
            using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.001f, Momentum = 0.5f, Nesterov = nesterov });
            for (int i = 0; i < 50; i++) weight.Step(1);
            float before = weight.Value;
            weight.Step(1);
            Assert.AreEqual(0.001 / (1 - 0.5), before - weight.Value, 2e-7);
        }
    }

    [TestMethod]
    public void Velocity_that_has_decayed_to_nothing_is_zero_and_not_a_denormal_number()
    {
        using var weight = new OneWeight(new SgdOptimizer { LearningRate = 0.1f, Momentum = 0.5f });
        weight.Step(1);
        for (int i = 0; i < 110; i++) weight.Step(0); // 2^-110 is 8e-34

        Assert.IsFalse(weight.State.Slots(0)[0].Span.ContainsAnyExcept(0f));
    }

    [TestMethod]
    public void The_defaults_are_the_documented_ones()
    {
        var optimizer = new SgdOptimizer();

        Assert.AreEqual((0.01f, 0f, false), (optimizer.LearningRate, optimizer.Momentum, optimizer.Nesterov));
    }
}
