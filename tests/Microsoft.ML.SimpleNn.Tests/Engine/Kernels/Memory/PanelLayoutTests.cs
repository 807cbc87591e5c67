using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn.Tests.Kernels;

[TestClass]
public sealed class PanelLayoutTests
{
    [TestMethod]
    [DataRow(1, 1, 1, 16)]
    [DataRow(5, 16, 1, 16)]
    [DataRow(5, 17, 1, 32)]
    [DataRow(5, 48, 1, 48)]
    [DataRow(5, 49, 2, 16)]
    [DataRow(784, 100, 3, 16)]
    [DataRow(3, 144, 3, 48)]
    public void Outputs_lie_in_panels_of_48_with_a_narrower_last_one(int inputs, int outputs, int panels, int lastWidth)
    {
        var layout = new PanelLayout(inputs, outputs);

        Assert.AreEqual(panels, layout.Count);
        Assert.AreEqual(lastWidth, layout.Width(panels - 1));
        Assert.AreEqual((panels - 1) * 48 + lastWidth, layout.PaddedOutputs);
        Assert.AreEqual((inputs + 1L) * layout.PaddedOutputs, layout.Length);
    }

    [TestMethod]
    public void Every_weight_and_bias_has_a_place_of_its_own()
    {
        var layout = new PanelLayout(7, 101);
        var places = new HashSet<int>();
        for (int input = 0; input <= layout.Inputs; input++)
        {
            for (int output = 0; output < layout.PaddedOutputs; output++) places.Add(layout.IndexOf(input, output));
        }

        Assert.HasCount((int)layout.Length, places);
        Assert.AreEqual(0, places.Min());
        Assert.AreEqual(layout.Length - 1, places.Max());
    }
}
