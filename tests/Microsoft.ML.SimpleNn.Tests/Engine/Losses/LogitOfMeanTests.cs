namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class LogitOfMeanTests
{
    [TestMethod]
    [DataRow(new[] { 0.5f, -1f, 2f })]
    [DataRow(new[] { 0f, 0f })]
    [DataRow(new[] { -3f, 3f })]
    [DataRow(new[] { 12f, 14f, 9f, 13f, -2f })]
    [DataRow(new[] { -25f, -20f, -30f })]
    [DataRow(new[] { 25f, 20f, 30f })]
    public void The_sigmoid_of_the_result_is_the_mean_of_the_sigmoids(float[] logits)
    {
        double yes = logits.Average(z => 1 / (1 + Math.Exp(-(double)z))), no = logits.Average(z => 1 / (1 + Math.Exp((double)z)));

        Assert.AreEqual(Math.Log(yes / no), Run(logits), 1e-5);
    }

    [TestMethod]
    [DataRow(new[] { 10_000f, 10_000f }, 10_000f)]
    [DataRow(new[] { -10_000f, -10_000f }, -10_000f)]
    [DataRow(new[] { 10_000f, -10_000f }, 0f)]
    [DataRow(new[] { 10_000f, 10_000f, -10_000f }, 0.6931472f, DisplayName = "two sure of yes and one of no: 2 to 1")]
    [DataRow(new[] { 10_000f, 200f }, 200.69315f, DisplayName = "the doubt of one, halved")]
    [DataRow(new[] { float.MaxValue, float.MaxValue }, float.MaxValue)]
    public void Logits_beyond_the_range_of_exponentials_are_averaged_too(float[] logits, float expected) =>
        Assert.AreEqual(expected, Run(logits), 1e-6 * Math.Max(1, Math.Abs(expected)));

    [TestMethod]
    public void Each_column_is_averaged_by_itself()
    {
        float[] means = new float[2];
        LogitOfMean.Run([1, -5, 3, -7], means);

        CollectionAssert.AreEqual(new[] { Run([1, 3]), Run([-5, -7]) }, means);
    }

    private static float Run(float[] logits)
    {
        float[] mean = new float[1];
        LogitOfMean.Run(logits, mean);
        return mean[0];
    }
}
