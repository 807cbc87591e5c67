using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class LearningRateScheduleTests
{
    [TestMethod]
    public void Cosine_falls_from_one_to_zero_along_half_a_cosine()
    {
        for (int i = 0; i <= 1000; i++)
        {
            double progress = i / 1000.0;
            Assert.AreEqual((1 + Math.Cos(Math.PI * progress)) / 2, LearningRateSchedule.Cosine.Factor(progress), 1e-7, $"progress {progress}");
        }
    }

    [TestMethod]
    public void Constant_is_one_throughout()
    {
        foreach (double progress in new[] { 0, 0.3, 1 }) Assert.AreEqual(1f, LearningRateSchedule.Constant.Factor(progress));
    }

    [TestMethod]
    public void The_cosine_is_exact_to_fifteen_digits()
    {
        for (int i = 0; i <= 10_000; i++) Assert.AreEqual(Math.Cos(Math.PI * i / 10_000), ScalarMath.CosinePi(i / 10_000.0), 1e-15);
    }
}
