namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class DenseLayerTests
{
    [TestMethod]
    public void Weights_and_biases_come_back_as_they_were_set()
    {
        foreach (int inputs in new[] { 1, 2, 17, 49 })
        {
            foreach (int outputs in new[] { 1, 16, 47, 48, 49, 100 })
            {
                var layer = new DenseLayer(inputs, outputs);
                float[] weights = [.. Enumerable.Range(1, inputs * outputs).Select(i => (float)i)];
                float[] biases = [.. Enumerable.Range(1, outputs).Select(i => -(float)i)];
                layer.SetWeights(weights);
                layer.SetBiases(biases);

                CollectionAssert.AreEqual(weights, layer.GetWeights());
                CollectionAssert.AreEqual(biases, layer.GetBiases());
                Assert.AreEqual((inputs + 1L) * outputs, layer.ParameterCount);
            }
        }
    }

    [TestMethod]
    public void A_new_layer_is_zero()
    {
        var layer = new DenseLayer(5, 7);

        Assert.IsTrue(layer.GetWeights().Concat(layer.GetBiases()).All(value => value == 0));
        Assert.AreEqual(Activation.Identity, layer.Activation);
    }

    [TestMethod]
    public void Too_many_or_too_few_weights_are_refused()
    {
        var layer = new DenseLayer(3, 2);

        var error = Assert.ThrowsExactly<ArgumentException>(() => layer.SetWeights(new float[5]));
        Assert.Contains("The layer has 2 x 3 weights, but 5 were given.", error.Message);
        error = Assert.ThrowsExactly<ArgumentException>(() => layer.SetBiases(new float[3]));
        Assert.Contains("The layer has 2 biases, but 3 were given.", error.Message);
    }

    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 0)]
    [DataRow(-1, 1)]
    [DataRow(100_000, 100_000)]
    [DataRow(int.MaxValue, int.MaxValue)]
    public void Impossible_sizes_are_refused(int inputs, int outputs) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DenseLayer(inputs, outputs));

    [TestMethod]
    public void An_activation_that_is_none_is_refused() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DenseLayer(1, 1, (Activation)99));
}
