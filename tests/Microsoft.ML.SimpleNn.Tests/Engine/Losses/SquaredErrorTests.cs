namespace Microsoft.ML.SimpleNn.Tests;

[TestClass]
public sealed class SquaredErrorTests
{
    /// <summary>STEP 4 of the introductory walk-through.</summary>
    [TestMethod]
    public void The_walk_through_s_loss() =>
        Assert.AreEqual(19.60489845, new LossAtOutputs(Loss.SquaredError, [[-1.42774189f]], [3]).Value, 1e-6 * 19.6);

    /// <summary>The walk-through's network of two layers: forward, loss, and the gradients by hand.</summary>
    [TestMethod]
    public void The_walk_through_s_step()
    {
        var network = new Network(new DenseLayer(3, 2, Activation.ReLU), new DenseLayer(2, 1));
        network.Layers[0].SetWeights([1.0326651f, 0.25201908f, 0.05571284f, -1.075888f, -0.16015016f, -0.20482019f]);
        network.Layers[1].SetWeights([-0.05850706f, -0.44335642f]);
        using var workspace = new Workspace(network, 1);
        workspace.Batch.Set([1, 2, 3], [3]);
        network.Forward(workspace);
        double loss = Loss.SquaredError.Evaluate(workspace);
        network.Backward(workspace);

        // u = x W1^T = [1.7038419, -2.010649], z = ReLU(u), y = z W2^T = -0.09968679, loss = (y - 3)^2.
        RelativeDifference.AssertWithin(1e-6, [1.7038419, 0], workspace.GetOutputs(0), "z");
        RelativeDifference.AssertWithin(1e-6, [-0.09968679], workspace.GetOutputs(1), "y");
        Assert.AreEqual(9.608059, loss, 1e-5);

        // dloss/dy = 2 (y - 3) = -6.19937358; dW2 = -6.19937358 z; the first unit's delta is -6.19937358 * -0.05850706 = 0.36270712,
        // and the second's is 0, because its u is negative; dW1 = delta x.
        RelativeDifference.AssertWithin(1e-6, [-6.19937358], workspace.GetDelta(1), "delta of the second layer");
        RelativeDifference.AssertWithin(1e-6, [-6.19937358 * 1.7038419, 0], workspace.GetWeightGradient(1), "dW2");
        RelativeDifference.AssertWithin(1e-6, [-6.19937358], workspace.GetBiasGradient(1), "db2");
        RelativeDifference.AssertWithin(1e-6, [0.36270712, 2 * 0.36270712, 3 * 0.36270712, 0, 0, 0], workspace.GetWeightGradient(0), "dW1");
        RelativeDifference.AssertWithin(1e-6, [0.36270712, 0], workspace.GetBiasGradient(0), "db1");
    }

    [TestMethod]
    public void The_loss_is_a_mean_over_rows_and_outputs_and_rows_count_with_their_weights()
    {
        // Row 1: (1 + 4) / 2 with weight 1; row 2: (9 + 0) / 2 with weight 3; their mean is (2.5 + 13.5) / 2.
        var evaluated = new LossAtOutputs(Loss.SquaredError, [[1, 2], [3, 0]], [0, 0, 0, 0], [1, 3]);

        Assert.AreEqual(8, evaluated.Value, 1e-6);

        // 2 (z - t) weight / (rows outputs).
        CollectionAssert.AreEqual(new[] { 0.5f, 1, 4.5f, 0 }, evaluated.Delta);
    }

    [TestMethod]
    public void Predictions_are_the_outputs()
    {
        float[] rows = [1.5f, -2, 1e30f];
        Loss.SquaredError.ToPrediction(rows, 1, 3);

        CollectionAssert.AreEqual(new[] { 1.5f, -2, 1e30f }, rows);
    }

    [TestMethod]
    public void There_is_no_right_and_wrong() => Assert.IsFalse(Loss.SquaredError.HasAccuracy);

    [TestMethod]
    public void A_workspace_without_room_for_the_targets_is_refused()
    {
        var network = Network.Create(2, [], 3);
        using var workspace = new Workspace(network, 4);
        var error = Assert.ThrowsExactly<ArgumentException>(() => Loss.SquaredError.Evaluate(workspace));
        Assert.Contains("The workspace has room for 1 targets a row, but the loss needs 3 for 3 outputs.", error.Message);
    }
}
