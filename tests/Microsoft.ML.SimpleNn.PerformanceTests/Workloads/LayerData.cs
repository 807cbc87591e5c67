namespace Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

/// <summary>The matrices of a dense layer's products, all row-major without padding, filled with random numbers from -1 to 1.</summary>
internal sealed class LayerData
{
    private const int Seed = 1;

    /// <summary>Fills the matrices.</summary>
    /// <param name="rows">The rows of the minibatch.</param>
    /// <param name="inputs">The layer's inputs.</param>
    /// <param name="outputs">The layer's outputs.</param>
    public LayerData(int rows, int inputs, int outputs)
    {
        Rows = rows;
        Inputs = inputs;
        Outputs = outputs;
        var random = new Random(Seed);
        X = Draw(random, rows * inputs);
        Weights = Draw(random, outputs * inputs);
        Biases = Draw(random, outputs);
        Delta = Draw(random, rows * outputs);
    }

    /// <summary>The rows of the minibatch.</summary>
    public int Rows { get; }

    /// <summary>The layer's inputs.</summary>
    public int Inputs { get; }

    /// <summary>The layer's outputs.</summary>
    public int Outputs { get; }

    /// <summary>X [rows x inputs].</summary>
    public float[] X { get; }

    /// <summary>W [outputs x inputs].</summary>
    public float[] Weights { get; }

    /// <summary>b [outputs].</summary>
    public float[] Biases { get; }

    /// <summary>dY [rows x outputs].</summary>
    public float[] Delta { get; }

    private static float[] Draw(Random random, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = 2 * random.NextSingle() - 1;
        return values;
    }
}
