namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Targets that never changed or were never known, and those of a network that is trained further, by hand.</summary>
[TestClass]
public sealed class TargetsOfEarlierNetworksTests
{
    /// <summary>Target 0 is 10 and 30, target 1 always 5, target 2 never known.</summary>
    private static readonly DenseExamples Rows = new([0, 0], 1, [10, 5, float.NaN, 30, 5, float.NaN]);

    [TestMethod]
    public void A_number_that_never_changed_is_given_as_it_is_and_one_that_was_never_known_is_NaN()
    {
        OutputStage stage = TargetScaling.Measure(Rows, TargetUnit.Standardised)!.ToOutputStage();

        CollectionAssert.AreEqual(new[] { 10.0, 0, 0 }, stage.Scale.ToArray());
        CollectionAssert.AreEqual(new[] { 20, 5, double.NaN }, stage.Offset.ToArray());
    }

    [TestMethod]
    public void Of_rates_the_logarithm_of_the_mean_is_added_and_that_of_zero_is_far_below()
    {
        OutputStage stage = TargetScaling.Measure(new DenseExamples([0, 0], 1, [1, 4, 0, float.NaN, 3, 4, 0, float.NaN]),
            TargetUnit.DividedByMean)!.ToOutputStage();

        CollectionAssert.AreEqual(new[] { 1.0, 0, 0, 0 }, stage.Scale.ToArray());
        Assert.AreEqual(Math.Log(2), stage.Offset[0], 1e-6);
        Assert.AreEqual(Math.Log(4), stage.Offset[1], 1e-6);
        Assert.AreEqual((-200.0, double.NaN), (stage.Offset[2], stage.Offset[3]));
    }

    [TestMethod]
    public void Targets_are_moved_and_divided_and_those_without_a_deviation_are_only_moved()
    {
        float[] targets = [40, 6, 3], rates = [6, 7, 8];
        TargetScaling.Measure(Rows, TargetUnit.Standardised)!.Apply(targets);
        TargetScaling.Measure(new DenseExamples([0, 0], 1, [1, 4, 0, 3, 4, 0]), TargetUnit.DividedByMean)!.Apply(rates);

        CollectionAssert.AreEqual(new[] { 2f, 1, float.NaN }, targets);
        CollectionAssert.AreEqual(new[] { 3f, 1.75f, 8 }, rates, "a rate of 0 is divided by 1");
    }

    [TestMethod]
    public void Of_an_earlier_network_what_changed_keeps_its_scale_and_what_did_not_is_measured_anew()
    {
        // Earlier: scales 10, 0 (never changed) and 0 (never known). The new rows know all three.
        var stage = new OutputStage([10, 0, 0], [20, 5, double.NaN]);
        var rows = new DenseExamples([0, 0], 1, [1, 2, 3, 1, 4, 7]);
        float[] targets = [40, 5, 9];
        TargetScaling scaling = TargetScaling.Of(stage, TargetUnit.Standardised, rows)!;
        scaling.Apply(targets);

        CollectionAssert.AreEqual(new[] { 2f, 2, 2 }, targets); // (40 - 20) / 10, (5 - 3) / 1, (9 - 5) / 2
        Assert.IsNull(TargetScaling.Of(stage, TargetUnit.AsGiven, rows));
    }

    [TestMethod]
    public void A_layer_that_gives_targets_becomes_one_that_gives_standardised_ones_where_they_have_a_deviation()
    {
        DenseLayer numbers = Layer(), rates = Layer();
        TargetScaling.Measure(new DenseExamples([0, 0], 1, [10, 5, 30, 5]), TargetUnit.Standardised)!.UnfoldFrom(numbers);
        CollectionAssert.AreEqual(new[] { 2f, 8 }, numbers.GetWeights()); // 20 / 10; the second has no deviation
        CollectionAssert.AreEqual(new[] { 1f, 9 }, numbers.GetBiases()); // (30 - 20) / 10

        TargetScaling.Measure(new DenseExamples([0, 0], 1, [2, 0, 2, 0]), TargetUnit.DividedByMean)!.UnfoldFrom(rates);
        CollectionAssert.AreEqual(new[] { 20f, 8 }, rates.GetWeights());
        Assert.AreEqual(30 - Math.Log(2), rates.GetBiases()[0], 1e-5);
        Assert.AreEqual(9f, rates.GetBiases()[1]);

        static DenseLayer Layer()
        {
            var layer = new DenseLayer(1, 2);
            layer.SetWeights([20, 8]);
            layer.SetBiases([30, 9]);
            return layer;
        }
    }
}
