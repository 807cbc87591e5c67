using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The mean loss of all training rows, with its penalties, as a function of a network's parameters. The rows go through the workspace a minibatch at a
/// time, in their order, and the minibatches' gradients are added up in double precision.
/// </summary>
internal sealed class LossObjective(
    Network network, ExampleSource examples, TargetScaling? targetScaling, Workspace workspace, TrainingOptions options) : IObjective, IDisposable
{
    private readonly Minibatches _minibatches = examples.Minibatches(workspace.MaximumRows, network.InputStage, targetScaling, order: null);
    private readonly WeightPenalty? _penalty = options.CreatePenalty();

    /// <summary>The network's parameters as they are now: layer after layer as they lie in memory, where padding is 0 and stays 0.</summary>
    public double[] Parameters => [.. network.Layers.SelectMany(layer => Array.ConvertAll(layer.Parameters.Span.ToArray(), value => (double)value))];

    /// <summary>Gives the network these parameters, and computes loss and gradient.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        SetParameters(x);
        gradient.Clear();
        double lossSum = 0;
        _minibatches.Begin();
        while (_minibatches.Next(workspace))
        {
            int rows = workspace.Batch.Rows;
            network.Forward(workspace);
            lossSum += options.Loss.Evaluate(workspace) * rows;
            network.Backward(workspace);
            AddGradient(rows / (double)examples.RowCount, gradient);

            options.Poll?.Invoke();
            options.CancellationToken.ThrowIfCancellationRequested();
        }

        _penalty?.AddGradient(network, gradient, scale: 1.0 / examples.RowCount);
        return lossSum / examples.RowCount + Penalty;
    }

    /// <summary>Gives the network these parameters, whose value is known.</summary>
    /// <returns>The mean loss without the penalties.</returns>
    public double Accept(ReadOnlySpan<double> x, double value)
    {
        SetParameters(x);
        return value - Penalty;
    }

    /// <summary>Ends the reading of rows, where there is any.</summary>
    public void Dispose() => _minibatches.Dispose();

    private double Penalty => _penalty == null ? 0 : _penalty.ValueOf(network) / examples.RowCount;

    private void SetParameters(ReadOnlySpan<double> x)
    {
        foreach (DenseLayer layer in network.Layers)
        {
            Span<float> parameters = layer.Parameters.Span;
            for (int i = 0; i < parameters.Length; i++) parameters[i] = (float)x[i];
            x = x[parameters.Length..];
        }
    }

    private void AddGradient(double share, Span<double> sum)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            if (workspace.ColumnsOf(i) is { } columns) AddSparseGradient(share, columns, sum);
            else
            {
                ReadOnlySpan<float> gradient = workspace.GradientOf(i).Span;
                for (int k = 0; k < gradient.Length; k++) sum[k] += share * gradient[k];
            }

            sum = sum[network.Layers[i].Parameters.Length..];
        }
    }

    /// <summary>The first layer's gradient for sparse rows has only the features that occur.</summary>
    private unsafe void AddSparseGradient(double share, SparseColumns columns, Span<double> sum)
    {
        PanelLayout layout = network.Layers[0].Layout;
        ReadOnlySpan<float> gradient = workspace.Gradient(0);
        for (int i = 0; i < columns.Count; i++)
        {
            for (int output = 0; output < layout.Outputs; output++)
                sum[layout.IndexOf(columns.Occurring[i], output)] += share * gradient[i * layout.PaddedOutputs + output];
        }
    }
}
