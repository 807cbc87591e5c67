namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class ToPredictionTests
{
    private static readonly Loss[] Losses = [Loss.SoftmaxCrossEntropy, Loss.SigmoidCrossEntropy, Loss.SquaredError];

    [TestMethod]
    public void Outputs_that_are_not_whole_rows_are_refused()
    {
        foreach (Loss loss in Losses)
        {
            var error = Assert.ThrowsExactly<ArgumentException>(() => loss.ToPrediction(new float[5], 2, 3));
            Assert.Contains("2 rows of 3 outputs are 6 values, but 5 were given.", error.Message);
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => loss.ToPrediction(new float[4], 4, 0));
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => loss.ToPrediction(new float[4], -2, -2));
        }
    }

    [TestMethod]
    public void A_row_is_predicted_alike_wherever_it_lies_among_others()
    {
        foreach (Loss loss in Losses)
        {
            for (int outputs = 1; outputs <= 35; outputs++)
            {
                float[] rows = Kernels.Samples.Create(7 * outputs, seed: outputs), single = rows[(3 * outputs)..(4 * outputs)];
                loss.ToPrediction(rows, 7, outputs);
                loss.ToPrediction(single, 1, outputs);
                Kernels.Bits.AssertEqual(single, rows.AsSpan(3 * outputs, outputs), $"{outputs} outputs");
            }
        }
    }
}
