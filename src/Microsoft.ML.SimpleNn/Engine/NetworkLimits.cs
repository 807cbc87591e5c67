namespace Microsoft.ML.SimpleNn;

/// <summary>The sizes within which a network can be trained, saved and read back.</summary>
internal static class NetworkLimits
{
    /// <summary>The most hidden layers; the output layer comes on top.</summary>
    public const int HiddenLayers = 1000;

    /// <summary>The most hidden layers of an encoder; the decoder mirrors all but the last.</summary>
    public const int EncoderLayers = HiddenLayers / 2;

    /// <summary>The most weights of one layer, inputs times outputs, with the outputs padded to whole vectors: 2^30 floats are 4 GiB.</summary>
    public const long WeightsPerLayer = 1L << 30;

    /// <summary>The most networks of an ensemble; beyond ten or so each adds little.</summary>
    public const int EnsembleSize = 100;

    /// <summary>The most threads; more than the machine has processors are of no use.</summary>
    public const int Threads = 1024;

    /// <summary>The most classes: a class index is handed to the loss as a float, which counts exactly up to 2^24.</summary>
    public const int Classes = 1 << 24;

    private const int Padding = 16;

    /// <summary>The most outputs that a layer of so many is laid out as.</summary>
    public static long Padded(int outputs) => outputs + (long)Padding;

    /// <summary>Whether a layer of these sizes, each 1 or more, keeps to <see cref="WeightsPerLayer"/>.</summary>
    public static bool Allow(int inputs, int outputs) => (inputs + 1L) * Padded(outputs) <= WeightsPerLayer;
}
