namespace Microsoft.ML.SimpleNn;

/// <summary>
/// The slopes of a prediction by the last layer's outputs, averaged over a piece of a path: softmax, sigmoid and exponential are smooth, so that
/// Gauss-Legendre's rule with five points on the line between the outputs at the piece's ends gives their difference to all digits.
/// </summary>
/// <param name="network">The network, whose <see cref="OutputStage"/> stands between outputs and prediction.</param>
/// <param name="loss">What turns outputs into predictions.</param>
internal sealed unsafe class PredictionSlopes(Network network, Loss loss)
{
    private static readonly (double Place, double Weight)[] Gauss =
    [
        (0.5, 64 / 225.0),
        (0.5 - 0.269234655052841546, 0.239314335249683234), (0.5 + 0.269234655052841546, 0.239314335249683234),
        (0.5 - 0.453089922969331996, 0.118463442528094544), (0.5 + 0.453089922969331996, 0.118463442528094544),
    ];

    private readonly double[] _outputs = new double[network.Outputs], _slopes = new double[network.Outputs];

    /// <summary>Writes the mean slopes of each piece.</summary>
    /// <param name="y">The outputs at the points [pieces + 1 x padded outputs].</param>
    /// <param name="output">The prediction, from 0.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="slopes">Takes the slopes [pieces x padded outputs], 0 in the padding.</param>
    public void Write(float* y, int output, int pieces, float* slopes)
    {
        int width = network.Layers[^1].Layout.PaddedOutputs;
        new Span<float>(slopes, pieces * width).Clear();
        for (int piece = 0; piece < pieces; piece++, y += width, slopes += width)
        {
            foreach ((double place, double weight) in Gauss)
            {
                for (int i = 0; i < _outputs.Length; i++)
                    _outputs[i] = (y[i] + place * (y[width + i] - y[i])) * Scale(i) + (network.OutputStage?.Offset[i] ?? 0);
                loss.PredictionSlopes(_outputs, output, _slopes);
                for (int i = 0; i < _outputs.Length; i++) slopes[i] += (float)(weight * _slopes[i] * Scale(i));
            }
        }
    }

    private double Scale(int output) => network.OutputStage?.Scale[output] ?? 1;
}
