namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A loss, and its delta, for outputs that the test gives: a layer with the identity for its weights passes them on.</summary>
internal sealed class LossAtOutputs
{
    /// <summary>Evaluates a loss.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">[rows][outputs].</param>
    /// <param name="targets">[rows x targets].</param>
    /// <param name="weights">[rows]; empty for 1 each.</param>
    public LossAtOutputs(Loss loss, float[][] outputs, float[] targets, float[]? weights = null)
    {
        int count = outputs[0].Length;
        var layer = new DenseLayer(count, count);
        var identity = new float[count * count];
        for (int i = 0; i < count; i++) identity[i * count + i] = 1;
        layer.SetWeights(identity);
        var network = new Network(layer);
        using var workspace = new Workspace(network, outputs.Length, targetsPerRow: targets.Length / outputs.Length);
        workspace.Batch.Set([.. outputs.SelectMany(row => row)], targets, weights);
        network.Forward(workspace);
        Value = loss.Evaluate(workspace);
        Delta = workspace.GetDelta(0);
        if (loss.HasAccuracy) WeightOfRight = loss.WeightOfRight(workspace);
    }

    /// <summary>The mean over the rows.</summary>
    public double Value { get; }

    /// <summary>[rows x outputs].</summary>
    public float[] Delta { get; }

    /// <summary>The weight of the rows that are predicted right.</summary>
    public double WeightOfRight { get; }
}
