namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A network with a number that is not finite, whose outputs are NaN: it is found, and where.</summary>
[TestClass]
public sealed class NotFiniteNetworkTests
{
    [TestMethod]
    [DataRow(1, 2, 4, "the weight from input 2 to unit 4 of layer 1 is Infinity")]
    [DataRow(1, 3, 0, "the bias of unit 0 of layer 1 is Infinity")]
    [DataRow(2, 4, 1, "the weight from input 4 to unit 1 of layer 2 is Infinity")]
    public void The_number_is_named(int layer, int input, int unit, string words)
    {
        Network network = Network.Create(3, [5], 2);
        Assert.IsTrue(network.HasFiniteParameters);
        Assert.IsNull(network.FindNotFinite());
        DenseLayer changed = network.Layers[layer - 1];
        changed.Parameters.Span[changed.Layout.IndexOf(input, unit)] = float.PositiveInfinity;

        Assert.IsFalse(network.HasFiniteParameters);
        Assert.AreEqual(words, network.FindNotFinite().ToString());
    }

    [TestMethod]
    public void A_gain_that_makes_a_factor_overflow_is_named()
    {
        Network network = Network.Create(2, [], 1);
        network.SetInputStage(new InputStage([new InputColumn(ColumnKind.Number, 1, 0, 1e10f, 0, false), new InputColumn(ColumnKind.Number, 1, 0, 1e30f, 0, false)], sparse: false, inputsPerRow: 2));
        Assert.IsTrue(network.HasFiniteParameters);
        network.InputStage!.SetGain(1, 1e10f);

        Assert.IsFalse(network.HasFiniteParameters);
        Assert.AreEqual("the factor of input 1 is Infinity", network.FindNotFinite().ToString());
    }

    /// <summary>A network of an earlier version has its standardisation in its weights; taken out for features of spread 1e10, a weight of 1e30 becomes 1e40.</summary>
    [TestMethod]
    public void A_warm_start_that_makes_a_weight_overflow_says_so_instead_of_blaming_the_learning_rate()
    {
        float[] features = [.. Enumerable.Range(0, 40).Select(i => i % 8 * 1e10f)], targets = [.. Enumerable.Range(0, 40).Select(i => i % 8 * 1f)];
        var network = new Network(new DenseLayer(1, 1));
        network.Layers[0].SetWeights([1e30f]);
        var rows = new DenseExamples(features, 1, targets);

        string message = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(network, rows, null, new TrainingOptions { Loss = Loss.SquaredError, WarmStart = true, NormalizeFeatures = true, NumberOfEpochs = 1 })).Message;

        Assert.StartsWith("The network to go on from was trained on features or targets of another size than these, for which the weight from input 0 to unit 0 of layer 1 is Infinity: train a new one.", message);
    }
}
