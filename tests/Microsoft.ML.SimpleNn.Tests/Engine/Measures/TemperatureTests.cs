namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The factor of the outputs by which the loss of held-out rows is smallest.</summary>
[TestClass]
public sealed class TemperatureTests
{
    private const int Outputs = 3;

    [TestMethod]
    [DataRow(1.0)]
    [DataRow(3.0)]
    [DataRow(0.5)]
    public void Outputs_that_are_so_many_times_too_large_are_divided_by_that(double times)
    {
        // Each row stands there once with each class, with the class's probability for a weight: then the mean loss is smallest at the true outputs, and nowhere else.
        var random = new Random(1);
        List<float> outputs = [], classes = [], weights = [];
        for (int row = 0; row < 200; row++)
        {
            double[] z = [.. Enumerable.Range(0, Outputs).Select(_ => 3 * random.NextDouble())];
            for (int label = 0; label < Outputs; label++)
            {
                outputs.AddRange(z.Select(value => (float)(times * value)));
                classes.Add(label);
                weights.Add((float)(Math.Exp(z[label]) / z.Sum(Math.Exp)));
            }
        }

        Assert.AreEqual(1 / times, Temperature.BestFactor(Loss.SoftmaxCrossEntropy, [.. outputs], [.. classes], [.. weights]), 1e-4 / times);
    }

    /// <summary>p = sigmoid(z) of the rows are positive: targets may be fractions.</summary>
    [TestMethod]
    public void The_same_of_sigmoids()
    {
        double[] z = [.. Enumerable.Range(-20, 41).Select(i => i / 8.0)];
        float[] outputs = [.. z.Select(value => (float)(3 * value))], targets = [.. z.Select(value => (float)(1 / (1 + Math.Exp(-value))))];

        Assert.AreEqual(1 / 3.0, Temperature.BestFactor(Loss.SigmoidCrossEntropy, outputs, targets, [.. z.Select(_ => 1f)]), 1e-4);
    }

    /// <summary>Three labels at once: each row has three outputs and three targets.</summary>
    [TestMethod]
    public void The_same_of_several_labels_at_once()
    {
        var random = new Random(2);
        double[] z = [.. Enumerable.Range(0, 90).Select(_ => 5 * random.NextDouble() - 2.5)];
        float[] outputs = [.. z.Select(value => (float)(2 * value))], targets = [.. z.Select(value => (float)(1 / (1 + Math.Exp(-value))))];

        Assert.AreEqual(0.5, Temperature.BestFactor(Loss.SigmoidCrossEntropy, outputs, targets, [.. Enumerable.Repeat(1f, 30)]), 1e-4);
    }

    [TestMethod]
    public void Labels_drawn_from_the_true_probabilities_tell_it_to_two_percent()
    {
        var random = new Random(7);
        float[] outputs = new float[100_000 * Outputs], classes = new float[100_000];
        for (int row = 0; row < classes.Length; row++)
        {
            double[] z = [.. Enumerable.Range(0, Outputs).Select(_ => 4 * random.NextDouble())];
            double left = random.NextDouble() * z.Sum(Math.Exp);
            while (classes[row] < Outputs - 1 && (left -= Math.Exp(z[(int)classes[row]])) > 0) classes[row]++;
            for (int i = 0; i < Outputs; i++) outputs[row * Outputs + i] = (float)(3 * z[i]);
        }

        Assert.AreEqual(1 / 3.0, Temperature.BestFactor(Loss.SoftmaxCrossEntropy, outputs, classes, [.. classes.Select(_ => 1f)]), 0.02 / 3);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public void No_factor_of_a_fine_grid_gives_a_smaller_loss(int seed)
    {
        var random = new Random(seed);
        float scale = MathF.Pow(10, random.Next(-2, 3)), right = random.NextSingle();
        float[] outputs = [.. Enumerable.Range(0, 50 * Outputs).Select(_ => scale * (random.NextSingle() - 0.5f))];
        float[] classes = [.. outputs.Chunk(Outputs).Select(row => random.NextSingle() < right ? Array.IndexOf(row, row.Max()) : (float)random.Next(Outputs))], weights = [.. classes.Select(_ => random.NextSingle())];
        double LossWith(double factor) => DoubleLoss.Mean(Loss.SoftmaxCrossEntropy, Array.ConvertAll(outputs, z => factor * z), classes, weights);

        double best = LossWith(Temperature.BestFactor(Loss.SoftmaxCrossEntropy, outputs, classes, weights));
        for (double factor = 0.25; factor <= 1 / 0.3; factor *= 1.01) Assert.IsLessThanOrEqualTo(LossWith(factor) + 1e-6 * (1 + best), best, $"factor {factor}");
    }

    [TestMethod]
    public void Rows_that_are_all_right_or_all_wrong_do_not_make_it_endless()
    {
        float[] outputs = [5, 0, 0, 0, 5, 0], weights = [1, 1];

        Assert.AreEqual(1 / 0.3, Temperature.BestFactor(Loss.SoftmaxCrossEntropy, outputs, [0, 1], weights), 1e-9);
        Assert.AreEqual(0.25, Temperature.BestFactor(Loss.SoftmaxCrossEntropy, outputs, [1, 2], weights), 1e-9);
        Assert.AreEqual(1, Temperature.BestFactor(Loss.SoftmaxCrossEntropy, [1, 1, 1, 2, 2, 2], [0, 1], weights), "nothing to tell it by");
    }
}
