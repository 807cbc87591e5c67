namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The search on functions whose lowest point is known, and its direction against the matrix that it stands for.</summary>
[TestClass]
public sealed class LbfgsSearchTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(10)]
    public void The_direction_is_that_of_the_BFGS_matrix_of_the_last_changes(int memorySize)
    {
        const int n = 5, changes = 6;
        var random = new Random(1);
        double[] Vector() => [.. Enumerable.Range(0, n).Select(_ => 2 * random.NextDouble() - 1)];
        var memory = new LbfgsMemory(memorySize);
        var pairs = new List<(double[] S, double[] Y)>();
        for (int k = 0; k < changes; k++)
        {
            double[] x = Vector(), gradient = Vector(), s = Vector();
            double[] y = [.. s.Select((value, i) => (i + 1) * value)]; // the change on a parabola: s y is above 0
            memory.Add(x, Add(x, s), gradient, Add(gradient, y));
            pairs.Add((s, y));
        }

        double[] at = Vector(), direction = memory.Direction(at);
        double[] expected = Array.ConvertAll(Multiply(InverseHessian(pairs[Math.Max(0, changes - memorySize)..]), at), value => -value);
        for (int i = 0; i < n; i++) Assert.AreEqual(expected[i], direction[i], 1e-9, $"component {i}");
    }

    [TestMethod]
    public void Without_a_memory_the_direction_is_down_the_gradient() =>
        CollectionAssert.AreEqual(new[] { -1.0, 2.0 }, new LbfgsMemory(3).Direction([1, -2]));

    [TestMethod]
    public void A_change_without_curvature_is_not_remembered()
    {
        var memory = new LbfgsMemory(3);
        memory.Add([0, 0], [1, 0], [0, 0], [-1, 0]);
        memory.Add([0, 0], [1, 0], [0, 0], [0, 1]);

        Assert.IsTrue(memory.IsEmpty);
    }

    [TestMethod]
    public void Rosenbrock_s_valley_is_followed_to_its_end()
    {
        var objective = new FunctionObjective(
            x => 100 * Math.Pow(x[1] - x[0] * x[0], 2) + Math.Pow(1 - x[0], 2),
            x => [-400 * x[0] * (x[1] - x[0] * x[0]) - 2 * (1 - x[0]), 200 * (x[1] - x[0] * x[0])]);
        LbfgsSearch search = Run(objective, [-1.2, 1], iterations: 60);

        Assert.IsTrue(search.HasConverged);
        Assert.AreEqual(1, search.X[0], 1e-5);
        Assert.AreEqual(1, search.X[1], 1e-5);
        Assert.IsLessThan(80, objective.Evaluations);
    }

    [TestMethod]
    public void An_ill_conditioned_parabola_takes_few_iterations()
    {
        // Slopes from 1 to 10,000: steepest descent would need some ten thousand.
        double[] curvature = [.. Enumerable.Range(0, 9).Select(i => Math.Pow(10, i / 2.0))];
        var objective = new FunctionObjective(
            x => 0.5 * x.Zip(curvature, (v, c) => c * (v - 1) * (v - 1)).Sum(), x => [.. x.Zip(curvature, (v, c) => c * (v - 1))]);
        LbfgsSearch search = Run(objective, new double[9], iterations: 500);
        Assert.IsLessThan(200, objective.Evaluations);

        Assert.IsTrue(search.HasConverged);
        foreach (double value in search.X) Assert.AreEqual(1, value, 1e-4);
    }

    [TestMethod]
    public void The_search_stops_at_its_tolerances()
    {
        FunctionObjective Parabola() => new(x => 100 + (x[0] - 3) * (x[0] - 3), x => [2 * (x[0] - 3)]);

        Assert.AreEqual(0.0, Run(Parabola(), [0], iterations: 1, new LbfgsOptimizer { GradientTolerance = 6 }).X[0], "the gradient is 6 at the start");
        LbfgsSearch coarse = Run(Parabola(), [0], iterations: 100, new LbfgsOptimizer { ProgressTolerance = 0.5, GradientTolerance = 0 });
        Assert.IsTrue(coarse.HasConverged);
        Assert.AreEqual(1.0, coarse.X[0], 1e-12, "the first step is of length 1, and lowers the value by 5 %");
    }

    private static LbfgsSearch Run(FunctionObjective objective, double[] start, int iterations, LbfgsOptimizer? optimizer = null)
    {
        var search = new LbfgsSearch(optimizer ?? new LbfgsOptimizer(), objective, start);
        for (int i = 0; i < iterations && !search.HasConverged; i++) search.Iterate();
        return search;
    }

    /// <summary>H = (I - rho s y^T) H (I - rho y s^T) + rho s s^T for each change in turn, from s y / y y of the last one times I.</summary>
    private static double[,] InverseHessian(List<(double[] S, double[] Y)> pairs)
    {
        int n = pairs[0].S.Length;
        (double[] lastS, double[] lastY) = pairs[^1];
        var h = new double[n, n];
        for (int i = 0; i < n; i++) h[i, i] = Dot(lastS, lastY) / Dot(lastY, lastY);
        foreach ((double[] s, double[] y) in pairs)
        {
            double rho = 1 / Dot(s, y);
            double[] hy = Multiply(h, y);
            double yhy = Dot(y, hy);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) h[i, j] += -rho * (s[i] * hy[j] + hy[i] * s[j]) + (rho * rho * yhy + rho) * s[i] * s[j];
            }
        }

        return h;
    }

    private static double[] Multiply(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(i => Enumerable.Range(0, vector.Length).Sum(j => matrix[i, j] * vector[j]))];

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
