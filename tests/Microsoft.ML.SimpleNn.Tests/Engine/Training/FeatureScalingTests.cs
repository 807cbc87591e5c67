using Microsoft.ML.SimpleNn.Tests.Kernels;

namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class FeatureScalingTests
{
    [TestMethod]
    public void A_feature_without_outliers_gets_mean_zero_and_deviation_one()
    {
        FeatureScaling scaling = Measure([1, 3, 1, 3, 3, 1], 1);

        Assert.AreEqual(2f, scaling.Mean.Span[0]);
        Assert.AreEqual(1f, scaling.Factor.Span[0]);
    }

    [TestMethod]
    public void A_mean_far_larger_than_the_spread_keeps_its_digits()
    {
        FeatureScaling scaling = Measure([16_000_001, 16_000_003, 16_000_001, 16_000_003], 1);

        Assert.AreEqual(16_000_002f, scaling.Mean.Span[0]);
        Assert.AreEqual(1f, scaling.Factor.Span[0], 1e-6f);
    }

    [TestMethod]
    public void A_feature_that_is_seldom_lit_makes_no_outlier()
    {
        var pixels = new float[1000];
        pixels[500] = 255;
        FeatureScaling scaling = Measure(pixels, 1);

        // By its deviation alone it would be at 31.6.
        Assert.IsLessThan(5f, (255 - scaling.Mean.Span[0]) * scaling.Factor.Span[0]);
    }

    [TestMethod]
    public void Many_features_together_are_held_down()
    {
        const int Features = 10_000;
        FeatureScaling scaling = Measure([.. Enumerable.Repeat(-1f, Features), .. Enumerable.Repeat(1f, Features)], Features);

        // Each by its deviation alone, a row's magnitudes would add up to 10,000.
        Assert.IsLessThan(1000f, scaling.Factor.Span.ToArray().Sum());
        Assert.IsGreaterThan(0f, scaling.Factor.Span[0]);
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(0.1f)]
    [DataRow(-1e30f)]
    public void A_constant_feature_is_ignored(float value)
    {
        FeatureScaling scaling = Measure([value, value, value, value, value], 1);

        Assert.AreEqual(0f, scaling.Factor.Span[0]);
    }

    [TestMethod]
    public void A_row_of_weight_two_counts_as_the_row_given_twice()
    {
        FeatureScaling weighted = FeatureScaling.Measure(new DenseExamples([1, 5, 2, 9], 1, [0, 0, 0, 0], [1, 2, 1, 3]));
        FeatureScaling repeated = Measure([1, 5, 5, 2, 9, 9, 9], 1);

        Assert.AreEqual(repeated.Mean.Span[0], weighted.Mean.Span[0], 1e-6f);
        Assert.AreEqual(repeated.Factor.Span[0], weighted.Factor.Span[0], 1e-6f);
    }

    [TestMethod]
    public void Only_the_rows_of_a_subset_are_measured()
    {
        FeatureScaling subset = FeatureScaling.Measure(new DenseExamples([1, 100, 3, -100], 1, [0, 0, 0, 0]).Subset([0, 2]));

        Assert.AreEqual(2f, subset.Mean.Span[0]);
    }

    [TestMethod]
    public void The_folded_layer_gives_for_raw_features_what_the_layer_gave_for_standardised_ones()
    {
        var rows = new SampleRows(50, featureCount: 7);
        FeatureScaling scaling = FeatureScaling.Measure(rows.ToExamples());
        var network = Network.Create(7, [20], 3, Activation.Tanh);
        network.Initialize(null, seed: 1);
        network.Layers[0].SetBiases(Samples.Create(20, seed: 2));
        float[] expected = network.Predict(Standardise(rows, scaling));

        scaling.FoldInto(network.Layers[0]);
        RelativeDifference.AssertWithin(1e-5, Array.ConvertAll(expected, y => (double)y), network.Predict(rows.Features), "folded");

        scaling.UnfoldFrom(network.Layers[0]);
        RelativeDifference.AssertWithin(1e-5, Array.ConvertAll(expected, y => (double)y), network.Predict(Standardise(rows, scaling)), "unfolded again");
    }

    [TestMethod]
    public void Unfolding_moves_what_a_constant_feature_gives_into_the_bias()
    {
        // The network was trained on rows in which the second feature varied; now it is always 3.
        FeatureScaling scaling = Measure([1, 3, 2, 3, 4, 3], 2);
        var network = Network.Create(2, [], 1);
        network.Layers[0].SetWeights([0.5f, 0.25f]);
        network.Layers[0].SetBiases([1]);
        double[] before = Array.ConvertAll(network.Predict([1, 3, 4, 3]), y => (double)y);

        scaling.UnfoldFrom(network.Layers[0]);
        Assert.AreEqual(0f, network.Layers[0].GetWeights()[1]);
        scaling.FoldInto(network.Layers[0]);
        RelativeDifference.AssertWithin(1e-6, before, network.Predict([1, 3, 4, 3]), "outputs");
    }

    [TestMethod]
    public void Sparse_features_keep_their_zeros_and_get_the_same_factor_as_dense_ones_of_mean_zero()
    {
        float[] dense = [0, 2, 1, 0, 0, -2, -1, 0];
        FeatureScaling expected = Measure(dense, 2);
        var sparse = FeatureScaling.Measure(new SparseExamples([0, 1, 2, 3, 4], [1, 0, 1, 0], [2, 1, -2, -1], 2, [0, 0, 0, 0]));

        Bits.AssertEqual(expected.Factor.Span, sparse.Factor.Span, "factors");
        Bits.AssertEqual([0, 0], sparse.Mean.Span, "means");
    }

    private static FeatureScaling Measure(float[] features, int featureCount) =>
        FeatureScaling.Measure(new DenseExamples(features, featureCount, new float[features.Length / featureCount]));

    private static float[] Standardise(SampleRows rows, FeatureScaling scaling)
    {
        float[] mean = scaling.Mean.Span.ToArray(), factor = scaling.Factor.Span.ToArray();
        return [.. rows.Features.Select((x, i) => (x - mean[i % rows.FeatureCount]) * factor[i % rows.FeatureCount])];
    }
}
