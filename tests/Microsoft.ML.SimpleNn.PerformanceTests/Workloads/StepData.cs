namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>A network as it starts, and one minibatch that it is trained on over and over.</summary>
internal sealed class StepData
{
    private const int Seed = 1;

    /// <summary>Draws weights, features and classes.</summary>
    /// <param name="sizes">The features, the units of each hidden layer, the classes.</param>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="activation">The activation of the hidden layers; where peers take part, ReLU.</param>
    public StepData(int[] sizes, int rows, Activation activation = Activation.ReLU)
    {
        Rows = rows;
        Shape = string.Join('-', sizes);
        Network = Network.Create(sizes[0], sizes.AsSpan(1..^1), sizes[^1], activation);
        Network.Initialize(initializer: null, Seed);
        var random = new Random(Seed);
        Features = new float[rows * sizes[0]];
        for (int i = 0; i < Features.Length; i++) Features[i] = random.NextSingle();
        Classes = new float[rows];
        for (int row = 0; row < rows; row++) Classes[row] = random.Next(sizes[^1]);
    }

    /// <summary>The sizes, joined by hyphens.</summary>
    public string Shape { get; }

    /// <summary>Shape and rows.</summary>
    public string Name => $"{Shape}, batch {Rows}";

    /// <summary>The rows of the minibatch.</summary>
    public int Rows { get; }

    /// <summary>The network at the start; each side trains a copy.</summary>
    public Network Network { get; }

    /// <summary>[rows x features], from 0 to 1.</summary>
    public float[] Features { get; }

    /// <summary>[rows]: whole numbers from 0.</summary>
    public float[] Classes { get; }
}
