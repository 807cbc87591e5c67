namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Contributions of features: by hand, against a sum of gradients in double precision, and that they add up.</summary>
[TestClass]
public sealed class IntegratedGradientsTests
{
    [TestMethod]
    public void Of_a_linear_network_a_contribution_is_weight_times_feature()
    {
        Network network = OneUnit(Activation.Identity, [2, -3], bias: 1);

        double[] contributions = Explain(network, [4, 5]);

        Assert.AreEqual(8, contributions[0], 1e-5);
        Assert.AreEqual(-15, contributions[1], 1e-5);
    }

    /// <summary>u = 3 t - 1 along the path is above 0 on its last two thirds: the gradient is 1 there, and the contributions are 2/3 of the features.</summary>
    [TestMethod]
    public void A_kink_on_the_way_divides_the_path()
    {
        double[] contributions = Explain(OneUnit(Activation.ReLU, [1, 1], bias: -1), [2, 1]);

        Assert.AreEqual(4 / 3.0, contributions[0], 1e-5);
        Assert.AreEqual(2 / 3.0, contributions[1], 1e-5);
    }

    /// <summary>All of u's way to 1.5 comes from both features in the proportion of 0.3 to 1.2.</summary>
    [TestMethod]
    public void A_saturated_unit_shares_its_value_as_its_input_is_shared()
    {
        double[] contributions = Explain(OneUnit(Activation.Tanh, [1, 2], bias: 0), [0.3f, 0.6f]);

        Assert.AreEqual(Math.Tanh(1.5) / 5, contributions[0], 1e-5);
        Assert.AreEqual(Math.Tanh(1.5) * 4 / 5, contributions[1], 1e-5);
    }

    [TestMethod]
    [EveryActivation]
    public void Contributions_add_up_to_the_output_less_that_at_the_start(Activation activation)
    {
        Network network = Random(activation);
        float[] row = [1.5f, -2, 0.7f], zeros = new float[3], end = new float[2], start = new float[2];
        network.Predict(row, 1, end);
        network.Predict(zeros, 1, start);

        for (int output = 0; output < 2; output++) Assert.AreEqual(end[output] - start[output], Explain(network, row, output).Sum(), 1e-4, $"{output}");
    }

    [TestMethod]
    [EveryActivation]
    public void Contributions_are_the_integral_of_the_gradient(Activation activation)
    {
        const int Steps = 400;
        Network network = Random(activation);
        float[] row = [1.5f, -2, 0.7f];
        var exact = new DoubleNetwork(network);
        double[] expected = new double[3], contributions = Explain(network, row, output: 1);
        for (int step = 0; step < Steps; step++)
        {
            for (int feature = 0; feature < 3; feature++)
            {
                expected[feature] += row[feature] * Slope(exact, Array.ConvertAll(row, x => x * (step + 0.5) / Steps), feature) / Steps;
            }
        }

        for (int feature = 0; feature < 3; feature++) Assert.AreEqual(expected[feature], contributions[feature], 5e-3, $"{feature}");
    }

    [TestMethod]
    [DataRow("softmax")]
    [DataRow("sigmoid")]
    [DataRow("Poisson")]
    public void Contributions_to_a_prediction_add_up_to_its_change(string prediction)
    {
        Loss loss = prediction switch { "softmax" => Loss.SoftmaxCrossEntropy, "sigmoid" => Loss.SigmoidCrossEntropy, _ => Loss.Poisson };
        Network network = Random(Activation.GELU);
        network.OutputStage = new OutputStage([1.7, 0.6], [0.1, -0.4]);
        float[] row = [1.5f, -2, 0.7f], ends = new float[4];
        network.Predict(row, 1, ends.AsSpan(0, 2));
        network.Predict(new float[3], 1, ends.AsSpan(2));
        loss.ToPrediction(ends, 2, 2);

        for (int output = 0; output < 2; output++) Assert.AreEqual(ends[output] - ends[2 + output], Explain(network, row, output, loss).Sum(), 1e-5 * Math.Max(1, ends[output]), $"{output}");
    }

    private static double[] Explain(Network network, float[] row, int output = 0, Loss? loss = null)
    {
        var contributions = new double[network.Inputs];
        var gradients = new IntegratedGradients(network, loss ?? Loss.SquaredError);
        gradients.Follow(row);
        gradients.Explain(output, contributions);
        return contributions;
    }

    private static Network OneUnit(Activation activation, float[] weights, float bias)
    {
        var layer = new DenseLayer(weights.Length, 1, activation);
        layer.SetWeights(weights);
        layer.SetBiases([bias]);
        return new Network(layer);
    }

    /// <summary>Wider than a panel, with biases, so that kinks lie on the way.</summary>
    private static Network Random(Activation activation)
    {
        Network network = Network.Create(3, [50, 17], 2, activation);
        network.Initialize(null, seed: 3);
        var random = new Random(4);
        foreach (DenseLayer layer in network.Layers) layer.SetBiases([.. Enumerable.Range(0, layer.Outputs).Select(_ => random.NextSingle() - 0.5f)]);
        return network;
    }

    /// <summary>The slope of the second output by a feature, by a difference in double precision.</summary>
    private static double Slope(DoubleNetwork exact, double[] row, int feature)
    {
        const double Step = 1.0 / 1024;
        float[] above = Array.ConvertAll(row, x => (float)x), below = [.. above];
        above[feature] += (float)Step;
        below[feature] -= (float)Step;
        return (exact.Forward(above)[1] - exact.Forward(below)[1]) / ((double)above[feature] - below[feature]);
    }
}
