namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class DropoutMasksTests
{
    [TestMethod]
    public void The_first_layer_has_the_rate_of_the_inputs_and_every_other_that_of_hidden_units()
    {
        var masks = new DropoutMasks(0.2f, 0.5f, seed: 1);

        Assert.AreEqual((0.2f, 0.5f), (masks.InputRate, masks.HiddenRate));
        Assert.AreEqual((0.2f, 0.5f, 0.5f), (masks.RateAt(0), masks.RateAt(1), masks.RateAt(2)));
    }

    [TestMethod]
    public void Rates_from_0_up_to_1_are_taken_and_others_refused_by_their_name()
    {
        Assert.AreEqual((0f, MathF.BitDecrement(1)), (new DropoutMasks(0, 0, 1).InputRate, new DropoutMasks(0, MathF.BitDecrement(1), 1).HiddenRate));
        foreach (float rate in new[] { -float.Epsilon, 1, 2, float.NaN })
        {
            Assert.StartsWith("inputRate must be from 0 up to, but not including, 1.",
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DropoutMasks(rate, 0, 1)).Message);
            Assert.StartsWith("hiddenRate must be from 0 up to, but not including, 1.",
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new DropoutMasks(0, rate, 1)).Message);
        }
    }

    [TestMethod]
    public void What_is_left_of_an_input_is_multiplied_by_what_its_chance_is_divided_by()
    {
        // The layer passes its inputs on: 1 becomes 0 or 1 / (1 - 0.2), and a fifth of them 0.
        const int Inputs = 1000;
        var network = new Network(new DenseLayer(Inputs, Inputs));
        float[] identity = new float[Inputs * Inputs], ones = [.. Enumerable.Repeat(1f, Inputs)];
        for (int i = 0; i < Inputs; i++) identity[i * Inputs + i] = 1;
        network.Layers[0].SetWeights(identity);
        using var workspace = new Workspace(network, 1);
        workspace.Batch.Set(ones);
        network.Forward(workspace, new DropoutMasks(0.2f, 0.9f, seed: 1), step: 0);
        float[] outputs = workspace.GetOutputs(0);

        Assert.IsTrue(outputs.All(y => y == 0 || Math.Abs(y - 1.25f) < 1e-6f));
        Assert.AreEqual(0.2, outputs.Count(y => y == 0) / (double)Inputs, 0.06); // five times the standard error of 0.0126
    }
}
