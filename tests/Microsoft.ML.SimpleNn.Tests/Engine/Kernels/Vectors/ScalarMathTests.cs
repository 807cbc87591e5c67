using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

/// <summary>The functions of one number against those of the runtime's library.</summary>
[TestClass]
public sealed class ScalarMathTests
{
    [TestMethod]
    public void The_cosine_is_exact_to_fifteen_digits()
    {
        for (int i = 0; i <= 10_000; i++) Assert.AreEqual(Math.Cos(Math.PI * i / 10_000), ScalarMath.CosinePi(i / 10_000.0), 1e-15);
    }

    [TestMethod]
    public void The_logarithm_is_exact_to_fifteen_digits()
    {
        for (int i = 0; i < 10_000; i++)
        {
            double x = Math.Pow(10, (i - 5000) / 17.0);
            Assert.AreEqual(Math.Log(x), ScalarMath.Log(x), 1e-15 * Math.Max(1, Math.Abs(Math.Log(x))), $"log {x}");
        }

        Assert.AreEqual(0.0, ScalarMath.Log(1.0));
    }

    [TestMethod]
    public void The_exponential_is_exact_to_fifteen_digits()
    {
        for (int i = 0; i < 7000; i++)
        {
            double x = i / 10.0;
            Assert.AreEqual(1, ScalarMath.Exp(x) / Math.Exp(x), 1e-15 * Math.Max(1, x), $"exp {x}");
        }

        Assert.AreEqual(1.0, ScalarMath.Exp(0.0));
        Assert.AreEqual(double.PositiveInfinity, ScalarMath.Exp(1000.0));
    }

    [TestMethod]
    public void A_whole_power_is_a_product()
    {
        for (int n = 0; n <= 200; n++) Assert.AreEqual(1, ScalarMath.Power(0.9, n) / Math.Pow(0.9, n), 1e-13, $"0.9^{n}");
        Assert.AreEqual(1.0, ScalarMath.Power(0.5, 0));
        Assert.AreEqual(0.125, ScalarMath.Power(0.5, 3));
        Assert.AreEqual(1.0, ScalarMath.Power(1.0, int.MaxValue));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.25)]
    [DataRow(0.5)]
    [DataRow(1.0)]
    [DataRow(3.7)]
    public void A_real_power_is_exact_to_thirteen_digits(double y)
    {
        for (double x = 1; x < 1e9; x = 1.37 * x + 1) Assert.AreEqual(1, ScalarMath.Power(x, y) / Math.Pow(x, y), 1e-13, $"{x}^{y}");
    }
}
