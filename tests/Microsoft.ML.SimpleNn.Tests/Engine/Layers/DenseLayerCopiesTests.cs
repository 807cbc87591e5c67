namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Outputs that change places, are scaled, or have other numbers beside them, by hand.</summary>
[TestClass]
public sealed class DenseLayerCopiesTests
{
    [TestMethod]
    public void Outputs_are_copied_from_the_places_named()
    {
        DenseLayer from = Layer(), to = new(2, 2);
        to.CopyOutputsFrom(from, [2, 0]);

        CollectionAssert.AreEqual(new float[] { 5, 6, 1, 2 }, to.GetWeights());
        CollectionAssert.AreEqual(new float[] { 30, 10 }, to.GetBiases());
    }

    [TestMethod]
    public void An_output_is_multiplied_and_moved_and_the_others_are_not()
    {
        DenseLayer layer = Layer();
        layer.ScaleOutput(1, scale: 0.5, offset: 7);

        CollectionAssert.AreEqual(new float[] { 1, 2, 1.5f, 2, 5, 6 }, layer.GetWeights());
        CollectionAssert.AreEqual(new float[] { 10, 17, 30 }, layer.GetBiases());
    }

    [TestMethod]
    public void A_layer_with_other_parameters_has_the_sizes_and_the_activation_and_shares_the_memory()
    {
        DenseLayer layer = new(2, 3, Activation.Tanh), other = layer.WithParameters(Layer().Parameters);

        Assert.AreEqual((2, 3, Activation.Tanh), (other.Inputs, other.Outputs, other.Activation));
        CollectionAssert.AreEqual(Layer().GetWeights(), other.GetWeights());
        Assert.IsTrue(layer.GetWeights().All(weight => weight == 0));
        DenseLayer same = layer.WithParameters(layer.Parameters);
        same.SetBiases([1, 2, 3]);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, layer.GetBiases());
    }

    [TestMethod]
    public void A_layer_larger_than_an_array_says_so_with_its_sizes() =>
        Assert.StartsWith(
            "A layer of 100000 inputs and 100000 outputs has more weights than one array can hold.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DenseLayer(100_000, 100_000)).Message);

    [TestMethod]
    public void An_activation_that_is_none_is_told() =>
        Assert.StartsWith("There is no such activation.",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DenseLayer(1, 1, (Activation)99)).Message);

    private static DenseLayer Layer()
    {
        var layer = new DenseLayer(2, 3);
        layer.SetWeights([1, 2, 3, 4, 5, 6]);
        layer.SetBiases([10, 20, 30]);
        return layer;
    }
}
