namespace Microsoft.ML.SimpleNn.Tests.Engine.Training;

/// <summary>Rows without targets of their own: the features that a minibatch has are its targets, and a network's two stages are the inverse of each other.</summary>
[TestClass]
public sealed class AutoencoderRowsTests
{
    private const int Features = 3;
    private static readonly float[] Values = [1, 20, 0, 3, 60, 0, 5, 10, 4, 7, 30, 0];

    [TestMethod]
    public void Targets_are_the_inputs_of_dense_rows_and_of_sparse_ones()
    {
        var dense = new DenseExamples(Values, Features, targets: null);
        var sparse = new SparseExamples([0, 2, 4, 7, 9], [0, 1, 0, 1, 0, 1, 2, 0, 1], [1, 20, 3, 60, 5, 10, 4, 7, 30], Features, targets: null);
        foreach (ExampleSet rows in new ExampleSet[] { dense, sparse, dense.Subset([3, 1, 0, 2]) })
        {
            InputStage stage = Measure(rows);
            var network = Network.Create(Features, [2], Features);
            network.SetInputStage(stage);
            using var workspace = rows.CreateWorkspace(network, maximumRows: 4, threads: 1);
            rows.Gather([2, 0], stage, workspace);
            float[] row = new float[Features];
            rows.CopyFeatures(2, row);

            Assert.AreEqual(Features, rows.TargetsPerRow);
            // Means 4 and 30, variances 5 and 350. The last feature is one of two values, 0 or 4, 1 on average; in sparse rows a weight, by whose size it is divided.
            Assert.AreEqual((row[0] - 4) / Math.Sqrt(5), workspace.Batch.Targets.Span[0], 1e-6);
            Assert.AreEqual((row[1] - 30) / Math.Sqrt(350), workspace.Batch.Targets.Span[1], 1e-6);
            Assert.AreEqual(rows.IsSparse ? row[2] / 4 : (row[2] - 1) / 2, workspace.Batch.Targets.Span[2], 1e-6);
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

    /// <summary>Autoencoders of earlier versions take features as they are, and give them.</summary>
    [TestMethod]
    public void Unfolding_at_both_ends_leaves_what_the_network_gives()
    {
        InputStage stage = Measure(new DenseExamples(Values, Features, targets: null));
        Network raw = Network.Create(Features, [2], Features, Activation.Tanh), staged = raw.Clone();
        raw.Initialize(null, seed: 3);
        float[] weights = raw.Layers[0].GetWeights();
        raw.Layers[0].SetWeights(Array.ConvertAll(weights, weight => weight / 20)); // else tanh is 1 for all rows
        staged.CopyParametersFrom(raw);
        staged.SetInputStage(stage);
        stage.UnfoldFrom(staged.Layers[0]);
        stage.UnfoldFromOutputs(staged.Layers[^1]);
        staged.OutputStage = stage.Inverse();

        double[] expected = new DoubleNetwork(raw).Forward(Values), actual = new DoubleNetwork(staged).Forward(Values);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5);
    }

    private static InputStage Measure(ExampleSet rows) => InputStageRules.Measure(rows, ColumnHints.None, bounded: false, marked: false, classes: 0, threads: 1);
}
