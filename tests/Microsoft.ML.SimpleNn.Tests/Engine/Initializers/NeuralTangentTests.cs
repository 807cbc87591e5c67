namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The first weights of the neural tangent parametrization: normal, of variance 1 / inputs, and biases of variance 1.</summary>
[TestClass]
public sealed class NeuralTangentTests
{
    [TestMethod]
    public void Weights_have_the_variance_of_one_over_the_inputs_and_biases_that_of_one()
    {
        var layer = new DenseLayer(20, 5000);
        WeightInitializer.DrawNeuralTangent(layer, fanIn: 16, new RandomSource(1, RandomStream.Weights));

        // 100,000 weights and 5,000 biases: the standard errors of the variances are 0.45 and 2 %, of the kurtosis 1.6 and 7 %.
        AssertNormal(layer.GetWeights(), 1 / 16.0, 0.02, 0.08);
        AssertNormal(layer.GetBiases(), 1, 0.1, 0.35);
    }

    [TestMethod]
    public void All_layers_are_drawn_but_the_last_which_is_zero()
    {
        Network network = Network.Create(3, [4, 5], 2);
        foreach (DenseLayer layer in network.Layers) layer.Parameters.Span.Fill(7);
        network.InitializeNeuralTangent(seed: 1);

        Assert.IsTrue(network.Layers[2].GetWeights().Concat(network.Layers[2].GetBiases()).All(value => value == 0));
        foreach (DenseLayer layer in network.Layers.Take(2))
            Assert.IsTrue(layer.GetWeights().Concat(layer.GetBiases()).All(value => value is not (0 or 7)));
    }

    private static void AssertNormal(float[] values, double variance, double tolerance, double kurtosisTolerance)
    {
        double second = values.Average(value => (double)value * value), fourth = values.Average(value => Math.Pow(value, 4));
        Assert.AreEqual(0, values.Average(value => (double)value) / Math.Sqrt(variance), 0.07);
        Assert.AreEqual(1, second / variance, tolerance);
        Assert.AreEqual(3, fourth / (second * second), kurtosisTolerance);
    }
}
