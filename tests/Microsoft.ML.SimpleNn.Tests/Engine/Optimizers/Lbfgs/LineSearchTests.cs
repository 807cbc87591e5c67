namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class LineSearchTests
{
    private static readonly Func<double, double>[] Functions =
    [
        x => (x - 3) * (x - 3),
        x => Math.Exp(x) - 5 * x,
        x => -x / (x * x + 2),
        x => Math.Log(1 + Math.Exp(x - 4)) - 0.3 * x,
        x => Math.Pow(x - 1, 4) + 0.1 * Math.Cos(3 * x),
    ];

    [TestMethod]
    [DataRow(1e-3)]
    [DataRow(0.1)]
    [DataRow(1.0)]
    [DataRow(7.0)]
    [DataRow(300.0)]
    public void The_step_meets_the_strong_Wolfe_conditions(double firstStep)
    {
        foreach (Func<double, double> f in Functions)
        {
            double Slope(double x) => (f(x + 1e-6) - f(x - 1e-6)) / 2e-6;
            var search = new LineSearch(new FunctionObjective(x => f(x[0])), [0], f(0), [1], Slope(0));
            LineSearch.Trial? found = search.Run(firstStep);

            Assert.IsNotNull(found);
            double step = found.Value.Step;
            Assert.IsGreaterThan(0.0, step);
            Assert.AreEqual(step, search.X[0]);
            Assert.AreEqual(f(step), found.Value.Value);
            Assert.IsLessThanOrEqualTo(f(0) + 1e-4 * step * Slope(0), f(step), $"decrease at {step}");
            Assert.IsLessThanOrEqualTo(-0.9 * Slope(0) + 1e-8, Math.Abs(Slope(step)), $"slope at {step}");
        }
    }

    [TestMethod]
    public void The_variables_move_along_the_direction()
    {
        var search = new LineSearch(new FunctionObjective(x => x[0] * x[0] + x[1] * x[1]), [3, -4], 25, [-3, 4], -50);
        double step = search.Run(1)!.Value.Step;

        CollectionAssert.AreEqual(new[] { 3 - 3 * step, -4 + 4 * step }, search.X);
        Assert.AreEqual(2 * search.X[1], search.Gradient[1], 1e-6);
    }

    [TestMethod]
    public void Where_every_step_leads_upward_there_is_none() =>
        Assert.IsNull(new LineSearch(new FunctionObjective(x => x[0]), [0], 0, [1], -1).Run(1));

    [TestMethod]
    public void A_value_that_is_not_a_number_means_that_the_step_was_too_long()
    {
        // sqrt(2 - x) - sqrt 2 falls up to 2, and ends there.
        var search = new LineSearch(new FunctionObjective(x => Math.Sqrt(2 - x[0]) + (x[0] - 1) * (x[0] - 1)), [0], Math.Sqrt(2) + 1, [1], -2 - 0.5 / Math.Sqrt(2));

        Assert.IsLessThan(2.0, search.Run(100)!.Value.Step);
    }
}
