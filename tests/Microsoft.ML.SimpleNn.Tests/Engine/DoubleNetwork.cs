namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>A network in double precision, as plain as the formulas: what the engine's forward pass and gradients are compared with.</summary>
internal sealed class DoubleNetwork
{
    private readonly IReadOnlyList<DenseLayer> _layers;
    private readonly Network _network;

    /// <summary>Takes over the weights of a network.</summary>
    public DoubleNetwork(Network network)
    {
        _network = network;
        _layers = network.Layers;
        Weights = [.. network.Layers.Select(layer => Array.ConvertAll(layer.GetWeights(), w => (double)w))];
        Biases = [.. network.Layers.Select(layer => Array.ConvertAll(layer.GetBiases(), b => (double)b))];
    }

    /// <summary>Each layer's W [outputs x inputs].</summary>
    public double[][] Weights { get; }

    /// <summary>Each layer's b [outputs].</summary>
    public double[][] Biases { get; }

    /// <summary>What each layer's inputs are multiplied by [layer][rows x inputs]; null for 1.</summary>
    public double[][]? InputFactors { get; init; }

    /// <summary>The network's outputs [rows x outputs] for x [rows x features], by way of its stages where it has them.</summary>
    public double[] Forward(float[] x)
    {
        int rows = x.Length / _network.Inputs;
        double[] values = _network.InputStage is { } stage ? [.. x.Chunk(stage.Features).SelectMany(row => Inputs(stage, row))] : Array.ConvertAll(x, value => (double)value);
        for (int layer = 0; layer < _layers.Count; layer++) values = Forward(layer, values, rows);
        if (_network.OutputStage is not { } output) return values;
        return [.. values.Select((z, i) => z * output.Scale[i % output.Scale.Count] + output.Offset[i % output.Scale.Count])];
    }

    private static IEnumerable<double> Inputs(InputStage stage, float[] row)
    {
        for (int i = 0; i < stage.Features; i++)
        {
            InputColumn column = stage[i];
            double z = ((double)row[i] * column.Unit - column.Centre) * column.Factor, scaled = z * column.InverseBound;
            yield return float.IsNaN(row[i]) ? 0 : z / Math.Sqrt(1 + scaled * scaled) * stage.Gain.Span[i];
        }

        for (int mark = 0; mark < stage.Marks; mark++) yield return float.IsNaN(row[stage.Marked(mark)]) ? stage.Gain.Span[stage.Features + mark] : 0;
        int input = stage.FirstBin;
        for (int i = 0; i < stage.Features; i++)
        {
            if (stage[i].Bins is not { } bins) continue;
            for (int t = 0; t < bins.Count; t++)
            {
                double piece = Math.Clamp(((double)row[i] * stage[i].Unit - bins.Lower[t]) * bins.Slope[t], 0, 1);
                yield return float.IsNaN(row[i]) ? 0 : (piece - bins.Mean[t]) * bins.Scale[t] * stage.Gain.Span[input + t];
            }

            input += bins.Count;
        }
    }

    private double[] Forward(int index, double[] x, int rows)
    {
        DenseLayer layer = _layers[index];
        var y = new double[rows * layer.Outputs];
        for (int row = 0; row < rows; row++)
        {
            for (int output = 0; output < layer.Outputs; output++)
            {
                double u = Biases[index][output];
                for (int input = 0; input < layer.Inputs; input++)
                    u += x[row * layer.Inputs + input] * (InputFactors?[index][row * layer.Inputs + input] ?? 1) * Weights[index][output * layer.Inputs + input];
                y[row * layer.Outputs + output] = DoubleActivation.Value(layer.Activation, u);
            }
        }

        return y;
    }
}
