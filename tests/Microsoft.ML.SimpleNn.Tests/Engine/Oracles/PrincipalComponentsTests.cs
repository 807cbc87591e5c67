namespace Microsoft.ML.SimpleNn.Tests.Engine.Oracles;

/// <summary>
/// A linear autoencoder with a bottleneck of k can do no better than the subspace of the first k principal components, and trained long
/// enough does as well (P. Baldi and K. Hornik 1989, Neural Networks and Principal Component Analysis).
/// </summary>
[TestClass]
public sealed class PrincipalComponentsTests
{
    private const int Rows = 200;
    private const int Features = 5;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_linear_autoencoder_reaches_the_error_of_the_principal_components(int k)
    {
        float[] rows = CorrelatedRows();
        var network = Network.Create(Features, [k], Features, Activation.Identity);
        TrainingLoop.Run(network, new DenseExamples(rows, Features, targets: null), null, new TrainingOptions
        {
            Loss = Loss.SquaredError,
            Optimizer = new AdamOptimizer { LearningRate = 0.02f },
            LearningRateSchedule = LearningRateSchedule.Cosine,
            NumberOfEpochs = 3000,
            BatchSize = Rows,
            NormalizeFeatures = false,
            NumberOfThreads = 1,
        });
        double[] reconstruction = new DoubleNetwork(network).Forward(rows);
        double error = rows.Select((value, i) => Math.Pow(value - reconstruction[i], 2)).Average();
        double best = ErrorOfPrincipalComponents(rows, k);

        Assert.IsGreaterThan(0.01, best);
        Assert.IsGreaterThanOrEqualTo(best * (1 - 1e-6), error);
        Assert.IsLessThanOrEqualTo(best * 1.001, error);
    }

    /// <summary>Five features that mix five causes, each two thirds as strong as the one before.</summary>
    private static float[] CorrelatedRows()
    {
        var random = new Random(5);
        double[] mixing = Enumerable.Range(0, Features * Features).Select(i => (i % (Features + 1) == 0 ? 1 : 0) + (0.6 * (random.NextDouble() - 0.5))).ToArray();
        return Enumerable.Range(0, Rows).SelectMany(_ =>
        {
            double[] causes = Enumerable.Range(0, Features).Select(c => 4 * (random.NextDouble() - 0.5) * Math.Pow(2.0 / 3, c)).ToArray();
            return Enumerable.Range(0, Features).Select(f => (float)((0.1 * f) + causes.Select((cause, c) => cause * mixing[(f * Features) + c]).Sum()));
        }).ToArray();
    }

    /// <summary>The variance that the first k components leave, by power iteration on the covariance, each eigenvector taken out when it is found.</summary>
    private static double ErrorOfPrincipalComponents(float[] rows, int k)
    {
        double[] mean = Enumerable.Range(0, Features).Select(f => Enumerable.Range(0, Rows).Average(row => (double)rows[(row * Features) + f])).ToArray();
        var covariance = new double[Features, Features];
        for (int i = 0; i < Features; i++)
            for (int j = 0; j < Features; j++)
                covariance[i, j] = Enumerable.Range(0, Rows).Average(row => (rows[(row * Features) + i] - mean[i]) * (rows[(row * Features) + j] - mean[j]));
        double left = Enumerable.Range(0, Features).Sum(i => covariance[i, i]);
        for (int component = 0; component < k; component++)
        {
            double[] vector = [1, 0.9, -0.8, 0.7, -0.6];
            double eigenvalue = 0;
            for (int step = 0; step < 10_000; step++)
            {
                double[] product = Enumerable.Range(0, Features).Select(i => Enumerable.Range(0, Features).Sum(j => covariance[i, j] * vector[j])).ToArray();
                eigenvalue = Math.Sqrt(product.Sum(value => value * value));
                vector = Array.ConvertAll(product, value => value / eigenvalue);
            }
            for (int i = 0; i < Features; i++)
                for (int j = 0; j < Features; j++)
                    covariance[i, j] -= eigenvalue * vector[i] * vector[j];
            left -= eigenvalue;
        }
        return left / Features;
    }
}
