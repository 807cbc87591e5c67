namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The rates by which the parts of a network learn, against what DEFAULTS.md says of the neural tangent parametrization.</summary>
[TestClass]
public sealed class LayerRatesTests
{
    [TestMethod]
    public void In_the_standard_parametrization_all_learn_alike()
    {
        var rates = new LayerRates(Network.Create(9, [16], 2), Parametrization.Standard);

        Assert.AreEqual((1.0, 1.0, 1.0, 1.0), (rates.Gains, rates.Biases, rates.Weights(0), rates.Weights(1)));
    }

    [TestMethod]
    public void In_the_neural_tangent_one_weights_learn_by_the_root_of_the_inputs_biases_by_a_tenth_and_gains_six_times()
    {
        var rates = new LayerRates(Network.Create(9, [16], 2), Parametrization.NeuralTangent);

        Assert.AreEqual((6, 0.1, 1 / 3.0, 1 / 4.0), (rates.Gains, rates.Biases, rates.Weights(0), rates.Weights(1)));
    }

    [TestMethod]
    public void The_inputs_of_the_first_layer_are_those_that_a_row_has_on_the_average()
    {
        Network network = Network.Create(3, [16], 2);
        network.SetInputStage(new InputStage([.. Enumerable.Repeat(new InputColumn(ColumnKind.Number, 1, 0, 1, 0, false), 3)], sparse: true,
            inputsPerRow: 2.25));
        var rates = new LayerRates(network, Parametrization.NeuralTangent);

        Assert.AreEqual((1 / 1.5, 1 / 4.0), (rates.Weights(0), rates.Weights(1)));
    }
}
