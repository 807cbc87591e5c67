using System.Runtime.InteropServices;

namespace Microsoft.ML.SimpleNn;

/// <summary>Measures a network on rows that it is not trained on.</summary>
/// <param name="network">The network.</param>
/// <param name="examples">The rows.</param>
/// <param name="targetScaling">Standardises the targets; null leaves them.</param>
/// <param name="options">The loss, and whether to look for a temperature.</param>
internal sealed class Validation(Network network, ExampleSource examples, TargetScaling? targetScaling, TrainingOptions options)
{
    private readonly List<float> _outputs = [], _targets = [], _weights = [];

    /// <summary>Measures the network as it is now.</summary>
    public Judgement Judge(Workspace workspace)
    {
        bool calibrate = options.Calibrate && options.Loss.GivesProbabilities;
        double factor = calibrate ? FindFactor(workspace) : 1;
        double sum = 0, right = 0, ww = 0, wwl = 0, wwll = 0; // w: weight, l: loss
        ForEach(workspace, () =>
        {
            if (factor != 1)
            {
                foreach (ref float output in workspace.Activations[^1].Span) output = (float)(factor * output);
            }

            sum += options.Loss.Evaluate(workspace) * workspace.Batch.Rows;
            workspace.AddSquaredWeights(ref ww, ref wwl, ref wwll);
            if (options.Loss.HasAccuracy) right += options.Loss.WeightOfRight(workspace);
        });

        double mean = sum / examples.RowCount;
        // The standard error of a weighted mean is the root of the sum of (w (l - mean))^2, over the sum of w, which is the number of rows.
        double squares = Math.Max(0, wwll - (2 * mean * wwl) + (mean * mean * ww));
        return new Judgement(mean, Math.Sqrt(squares) / examples.RowCount, options.Loss.HasAccuracy ? right / examples.RowCount : null, factor);
    }

    private double FindFactor(Workspace workspace)
    {
        _outputs.Clear();
        _targets.Clear();
        _weights.Clear();
        ForEach(workspace, () =>
        {
            int rows = workspace.Batch.Rows;
            _outputs.AddRange(workspace.GetOutputs(network.Layers.Count - 1));
            _targets.AddRange(workspace.Batch.Targets.Span[..(rows * workspace.Batch.TargetsPerRow)]);
            _weights.AddRange(workspace.Batch.Weights.Span[..rows]);
        });
        return Temperature.BestFactor(options.Loss, CollectionsMarshal.AsSpan(_outputs), CollectionsMarshal.AsSpan(_targets),
            CollectionsMarshal.AsSpan(_weights));
    }

    private void ForEach(Workspace workspace, Action action)
    {
        using Minibatches minibatches = examples.Minibatches(workspace.MaximumRows, network.InputStage, targetScaling, order: null);
        minibatches.Begin();
        while (minibatches.Next(workspace))
        {
            network.Forward(workspace);
            action();
        }
    }
}
