using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class WeightNormKernelTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 16)]
    [DataRow(7, 17)]
    [DataRow(50, 49)]
    [DataRow(200, 100)]
    public unsafe void Units_above_the_limit_come_down_to_it_and_the_others_stay(int inputs, int outputs)
    {
        var layer = new DenseLayer(inputs, outputs);
        layer.SetWeights(Samples.Create(inputs * outputs, seed: 1));
        layer.SetBiases(Samples.Create(outputs, seed: 2));
        float[] before = layer.GetWeights(), biases = layer.GetBiases();
        double[] norms = Norms(before, inputs);
        float maximum = (float)norms.Order().ElementAt(outputs / 2); // half of the units are above it, and one is at it
        using var team = new ThreadTeam(2);
        WeightNormKernel.Limit(layer.Layout, layer.Parameters.Pointer, maximum, team);

        float[] after = layer.GetWeights();
        for (int unit = 0; unit < outputs; unit++)
        {
            double factor = Math.Min(1, maximum / norms[unit]);
            for (int i = unit * inputs; i < (unit + 1) * inputs; i++)
                Assert.AreEqual(before[i] * factor, after[i], factor == 1 ? 0 : 2e-7 * Math.Abs(before[i]), $"unit {unit}");
        }

        Assert.IsLessThanOrEqualTo(maximum * (1 + 1e-6), Norms(after, inputs).Max());
        Bits.AssertEqual(biases, layer.GetBiases(), "biases");
    }

    private static double[] Norms(float[] weights, int inputs) => [.. weights.Chunk(inputs).Select(unit => Math.Sqrt(unit.Sum(w => (double)w * w)))];
}
