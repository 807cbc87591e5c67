using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.SimpleNn;

/// <summary>
/// A term of the loss that grows with the weights, L1 sum |w| + L2 / 2 sum w^2, so that weights that the data do not need become small: its gradient
/// L1 sign(w) + L2 w is added to that of the loss. With sparse rows it is added for the features that occur in the minibatch. (Decoupled weight decay, as
/// <see cref="AdamWOptimizer"/> has it, changes the weights instead.)
/// </summary>
internal sealed class WeightPenalty
{
    /// <summary>The coefficient of the sum of magnitudes. Range: 0 or more, and finite. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float L1
    {
        get;
        init => field = CheckCoefficient(value, nameof(L1));
    }

    /// <summary>The coefficient of half the sum of squares. Range: 0 or more, and finite. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public float L2
    {
        get;
        init => field = CheckCoefficient(value, nameof(L2));
    }

    /// <summary>Whether biases count as weights. Default: false.</summary>
    public bool IncludesBiases { get; init; }

    /// <summary>Adds the penalty's gradient to the gradients that <see cref="Network.Backward"/> left in a workspace.</summary>
    /// <param name="network">The network.</param>
    /// <param name="workspace">The workspace with the gradients.</param>
    /// <param name="scale">What the penalty is multiplied by.</param>
    /// <exception cref="ArgumentException">The workspace was made for another network.</exception>
    public unsafe void AddGradient(Network network, Workspace workspace, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.CheckIsFor(network);
        var coefficients = new PenaltyKernel.Coefficients(scale * L1, scale * L2);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            if (workspace.ColumnsOf(i) is { } columns)
                PenaltyKernel.RunRows(workspace.OccurringWeights, workspace.GradientOf(i).Pointer, IncludesBiases ? columns.Count : columns.Count - 1,
                    layer.Layout.PaddedOutputs, coefficients, workspace.Team);
            else
                PenaltyKernel.Run(layer.Layout, layer.Parameters.Pointer, workspace.GradientOf(i).Pointer, coefficients, IncludesBiases, workspace.Team);
        }

        GC.KeepAlive(network);
        GC.KeepAlive(workspace);
    }

    /// <summary>Adds the penalty's gradient to one in double precision, in which the layers' parameters follow each other as they lie.</summary>
    internal void AddGradient(Network network, Span<double> gradient, double scale)
    {
        foreach (DenseLayer layer in network.Layers)
        {
            for (int panel = 0; panel < layer.Layout.Count; panel++)
            {
                Span<double> slopes = gradient[layer.Layout.Offset(panel)..];
                ReadOnlySpan<float> weights = PenalisedOf(layer, panel);
                for (int i = 0; i < weights.Length; i++) slopes[i] += scale * (L1 * Math.Sign(weights[i]) + (double)L2 * weights[i]);
            }

            gradient = gradient[layer.Parameters.Length..];
        }
    }

    /// <summary>The penalty itself, L1 sum |w| + L2 / 2 sum w^2, summed in the order of the parameters.</summary>
    internal double ValueOf(Network network)
    {
        double magnitudes = 0, squares = 0;
        foreach (DenseLayer layer in network.Layers)
        {
            for (int panel = 0; panel < layer.Layout.Count; panel++)
            {
                foreach (float weight in PenalisedOf(layer, panel))
                {
                    magnitudes += Math.Abs(weight);
                    squares += (double)weight * weight;
                }
            }
        }

        return L1 * magnitudes + 0.5 * L2 * squares;
    }

    /// <summary>A panel's weights, which come before its biases, or both.</summary>
    private ReadOnlySpan<float> PenalisedOf(DenseLayer layer, int panel)
    {
        int rows = layer.Inputs + (IncludesBiases ? 1 : 0);
        return layer.Parameters.Span.Slice(layer.Layout.Offset(panel), rows * layer.Layout.Width(panel));
    }

    private static float CheckCoefficient(float value, string name)
    {
        if (!(value >= 0 && float.IsFinite(value))) throw OutOfRange.Exception(name, value, $"{name} must be 0 or more, and finite.");
        return value;
    }
}
