namespace Microsoft.ML.SimpleNn.Tests.Engine.Training;

/// <summary>Rows without targets of their own: the features that a minibatch has are its targets, and the scaling is folded at both ends of the network.</summary>
[TestClass]
public sealed class AutoencoderRowsTests
{
    private const int Features = 3;
    private static readonly float[] Values = [1, 20, 0, 3, 60, 0, 5, 10, 4, 7, 30, 0];

    [TestMethod]
    public void Targets_are_the_standardised_features_of_dense_rows_and_of_sparse_ones()
    {
        var dense = new DenseExamples(Values, Features, targets: null);
        var sparse = new SparseExamples([0, 2, 4, 7, 9], [0, 1, 0, 1, 0, 1, 2, 0, 1], [1, 20, 3, 60, 5, 10, 4, 7, 30], Features, targets: null);
        foreach (ExampleSet rows in new ExampleSet[] { dense, sparse, dense.Subset([3, 1, 0, 2]) })
        {
            FeatureScaling scaling = FeatureScaling.Measure(rows);
            using var workspace = new Workspace(Network.Create(Features, [2], Features), maximumRows: 4, threads: 1, rows, validation: null);
            rows.Gather([2, 0], scaling, workspace);
            float[] row = new float[Features];
            rows.CopyFeatures(2, row);

            Assert.AreEqual(Features, rows.TargetsPerRow);
            for (int i = 0; i < Features; i++)
                Assert.AreEqual((row[i] - scaling.Mean.Span[i]) * scaling.Factor.Span[i], workspace.Batch.Targets.Span[i], 1e-6f);
        }
    }

    [TestMethod]
    public void Targets_that_are_features_are_not_standardised_twice()
    {
        var rows = new DenseExamples(Values, Features, targets: null);
        var options = new TrainingOptions { Loss = Loss.SquaredError, NormalizeTargets = true };

        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(Network.Create(Features, [2], Features), rows, null, options));
        Assert.StartsWith("The targets of an autoencoder are its features, which NormalizeFeatures standardises on both sides: leave NormalizeTargets false.", error.Message);
    }

    [TestMethod]
    public void Folding_at_both_ends_and_unfolding_again_leaves_the_network_as_it_was()
    {
        FeatureScaling scaling = FeatureScaling.Measure(new DenseExamples(Values, Features, targets: null));
        Network inside = Network.Create(Features, [2], Features, Activation.Tanh), outside = inside.Clone();
        inside.Initialize(null, seed: 3);
        outside.CopyParametersFrom(inside);
        scaling.FoldInto(outside.Layers[0]);
        scaling.FoldIntoOutputs(outside.Layers[^1]);

        // The raw network is the other one between standardising and its reverse.
        double[] raw = new DoubleNetwork(outside).Forward(Values);
        float[] standardised = Values.Select((value, i) => (value - scaling.Mean.Span[i % Features]) * scaling.Factor.Span[i % Features]).ToArray();
        double[] expected = new DoubleNetwork(inside).Forward(standardised);
        for (int i = 0; i < raw.Length; i++)
            Assert.AreEqual((expected[i] / scaling.Factor.Span[i % Features]) + scaling.Mean.Span[i % Features], raw[i], 1e-4);

        scaling.UnfoldFrom(outside.Layers[0]);
        scaling.UnfoldFromOutputs(outside.Layers[^1]);
        float[] back = outside.AllWeights(), first = inside.AllWeights();
        for (int i = 0; i < back.Length; i++)
            Assert.AreEqual(first[i], back[i], 1e-5f);
    }
}
