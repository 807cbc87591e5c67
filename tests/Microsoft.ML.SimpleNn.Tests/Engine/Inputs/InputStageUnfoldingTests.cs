namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>Networks of earlier versions have the standardisation in their weights: taken out, they give what they gave.</summary>
[TestClass]
public sealed class InputStageUnfoldingTests
{
    /// <summary>x -> (x - 3) / 2, and (4 x - 6) / 2.</summary>
    private static InputStage Stage => new([new InputColumn(ColumnKind.Number, 1, 3, 0.5f, 0, false),
        new InputColumn(ColumnKind.Number, 4, 6, 0.5f, 0, false)], sparse: false, inputsPerRow: 2);

    [TestMethod]
    public void A_first_layer_that_took_features_takes_inputs()
    {
        var layer = new DenseLayer(2, 1);
        layer.SetWeights([10, 20]);
        layer.SetBiases([7]);
        Stage.UnfoldFrom(layer);

        // x = 2 z + 3 and z / 2 + 1.5: 10 x + 20 x' + 7 = 20 z + 10 z' + 30 + 30 + 7.
        CollectionAssert.AreEqual(new float[] { 20, 10 }, layer.GetWeights());
        CollectionAssert.AreEqual(new float[] { 67 }, layer.GetBiases());
    }

    [TestMethod]
    public void A_last_layer_that_gave_features_gives_inputs()
    {
        var layer = new DenseLayer(1, 2);
        layer.SetWeights([10, 20]);
        layer.SetBiases([7, 9]);
        Stage.UnfoldFromOutputs(layer);

        // (10 h + 7 - 3) / 2, and (4 (20 h + 9) - 6) / 2.
        CollectionAssert.AreEqual(new float[] { 5, 40 }, layer.GetWeights());
        CollectionAssert.AreEqual(new float[] { 2, 15 }, layer.GetBiases());
    }

    [TestMethod]
    public void The_inverse_of_a_stage_gives_the_features_back()
    {
        float[] inputs = new float[2];
        Stage.Apply([11, 5], inputs);
        CollectionAssert.AreEqual(new float[] { 4, 7 }, inputs);
        Stage.Inverse().Apply(inputs);
        CollectionAssert.AreEqual(new float[] { 11, 5 }, inputs);
    }

    [TestMethod]
    public void Rows_and_inputs_of_another_length_are_refused()
    {
        Assert.StartsWith("The row has 3 features, but 2 were expected.",
            Assert.ThrowsExactly<ArgumentException>(() => Stage.Apply(new float[3], new float[2])).Message);
        Assert.StartsWith("There is room for 1 inputs, but a row has 2.",
            Assert.ThrowsExactly<ArgumentException>(() => Stage.Apply(new float[2], new float[1])).Message);
    }

    [TestMethod]
    public void A_clone_has_the_columns_marks_pieces_and_gains()
    {
        InputBins bins = InputBins.Of([0, 1], [1, 0.5f], [0.25f, 0.5f], [2, 3]);
        var stage = new InputStage(
            [new InputColumn(ColumnKind.Number, 1, 3, 0.5f, 0.125f, true) { Bins = bins }, new InputColumn(ColumnKind.Constant, 1, 7, 0, 0, false)],
            sparse: false, inputsPerRow: 1, acceptsMissing: false);
        stage.SetGain(0, 5);
        InputStage clone = stage.Clone();
        float[] expected = new float[5], actual = new float[5];
        stage.Apply([2, 9], expected);
        clone.Apply([2, 9], actual);

        CollectionAssert.AreEqual(expected, actual);
        Assert.AreEqual((2, 5, 1, false, 1.0), (clone.Features, clone.Width, clone.Marks, clone.AcceptsMissing, clone.InputsPerRow));
        Assert.AreEqual((true, false, 2), (clone.HasMark(0), clone.HasMark(1), clone.BinsOf(0)!.Count));
        Assert.IsNull(clone.BinsOf(1));
        CollectionAssert.AreEqual(new[] { ColumnKind.Number, ColumnKind.Constant }, clone.Kinds.ToArray());

        // Pieces: (1 - 0.25) 2, and ((2 - 1) / 2 - 0.5) 3; the mark is 0.
        CollectionAssert.AreEqual(new float[] { 0, 0, 1.5f, 0 }, actual[1..]);
    }
}
