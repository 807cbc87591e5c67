namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The loss of predicting the mean of the training targets for every row, by hand: targets 0 and 4, whose mean and deviation are 2, judged on 2 and 6.</summary>
[TestClass]
public sealed class LossOfMeanTests
{
    [TestMethod]
    public void Squared_error_is_that_of_the_distances_from_the_mean()
    {
        // Distances 0 and 4, in deviations 0 and 2.
        Assert.AreEqual(8, Of(Loss.SquaredError, normalized: false), 1e-12);
        Assert.AreEqual(2, Of(Loss.SquaredError, normalized: true), 1e-12);
    }

    [TestMethod]
    public void Losses_that_grow_more_slowly_have_a_bound()
    {
        Assert.AreEqual(4, Of(Loss.Huber(), normalized: false), 1e-12, "half the square");
        Assert.AreEqual(1, Of(Loss.Huber(), normalized: true), 1e-12);
        Assert.AreEqual(Math.Sqrt(8), Of(Loss.AbsoluteError, normalized: false), 1e-12, "the mean distance is 2");
        Assert.AreEqual(Math.Sqrt(2), Of(Loss.Quantile(0.1f), normalized: true), 1e-12);
    }

    [TestMethod]
    public void Poisson_s_is_the_mean_less_the_target_times_its_logarithm()
    {
        // Mean 2 for both rows: (2 - 2 log 2 + 2 - 6 log 2) / 2. In units of the mean it is 1 - t log 1.
        Assert.AreEqual(2 - 4 * Math.Log(2), Of(Loss.Poisson, normalized: false), 1e-12);
        Assert.AreEqual(1, Of(Loss.Poisson, normalized: true), 1e-12);
    }

    [TestMethod]
    public void A_probability_is_the_frequency_in_training() =>
        Assert.AreEqual(-(Math.Log(0.75) + Math.Log(0.25)) / 2, LossOfMean.Of(Loss.SigmoidCrossEntropy, Rows([0, 1, 1, 1]), Rows([0, 1]), outputs: 1, normalized: true), 1e-12);

    [TestMethod]
    public void Classes_have_their_frequencies_in_training()
    {
        // Frequencies 1/2, 1/4 and 1/4; the third class has no row that is judged, and a fourth none at all.
        Assert.AreEqual((Math.Log(2) + Math.Log(4)) / 2, LossOfMean.Of(Loss.SoftmaxCrossEntropy, Rows([0, 0, 1, 2]), Rows([0, 1]), outputs: 4, normalized: false), 1e-12);
        Assert.AreEqual(double.PositiveInfinity, LossOfMean.Of(Loss.SoftmaxCrossEntropy, Rows([0, 0]), Rows([0, 1]), outputs: 2, normalized: false));
    }

    [TestMethod]
    public void Of_classes_that_are_read_anew_equal_chances_are_the_bound()
    {
        var streamed = new StreamedExamples(new ArrayStream(new float[4], 1, [0, 0, 1, 2]), sparse: false, 4, poolBytes: 1 << 16);

        Assert.AreEqual(Math.Log(3), LossOfMean.Of(Loss.SoftmaxCrossEntropy, streamed, Rows([0, 1]), outputs: 3, normalized: false), 1e-12);
        Assert.AreEqual(Math.Log(3), LossOfMean.Of(Loss.SoftmaxCrossEntropy, Rows([0, 1]), streamed, outputs: 3, normalized: false), 1e-12);
    }

    [TestMethod]
    public void Several_outputs_are_averaged_but_for_those_that_are_never_known()
    {
        DenseExamples training = Rows([0, 0, float.NaN, 4, 2, float.NaN], targets: 3), measured = Rows([2, 1, 5, 6, 1, 6], targets: 3);

        Assert.AreEqual((8 + 0) / 2.0, LossOfMean.Of(Loss.SquaredError, training, measured, outputs: 3, normalized: false), 1e-12);
    }

    private static double Of(Loss loss, bool normalized) => LossOfMean.Of(loss, Rows([0, 4]), Rows([2, 6]), outputs: 1, normalized);

    private static DenseExamples Rows(float[] y, int targets = 1) => new(new float[y.Length / targets], 1, y);
}
