namespace Microsoft.ML.SimpleNn.Tests;

internal static class NetworkWeights
{
    /// <summary>All weights and biases, layer after layer.</summary>
    public static float[] AllWeights(this Network network) => [.. network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases()))];

    /// <summary>The outputs for rows of features.</summary>
    public static float[] Predict(this Network network, float[] x)
    {
        int rows = x.Length / network.Inputs;
        var y = new float[rows * network.Outputs];
        network.Predict(x, rows, y);
        return y;
    }
}
