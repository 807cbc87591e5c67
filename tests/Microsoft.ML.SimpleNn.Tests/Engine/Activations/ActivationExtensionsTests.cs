namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class ActivationExtensionsTests
{
    /// <summary>As many values as fill no vector, one, and one and a part.</summary>
    [TestMethod]
    [EveryActivation]
    public void Values_of_any_number_become_those_of_the_formula(Activation activation)
    {
        foreach (int count in new[] { 0, 1, 16, 37 })
        {
            float[] u = Kernels.Samples.Create(count, seed: count), copy = [.. u], values = activation.Apply(u);

            Assert.HasCount(count, values);
            for (int i = 0; i < count; i++) Assert.AreEqual(DoubleActivation.Value(activation, u[i]), values[i], 1e-5, $"value {i} of {count}");
            CollectionAssert.AreEqual(copy, u, "the input stays");
        }
    }
}
