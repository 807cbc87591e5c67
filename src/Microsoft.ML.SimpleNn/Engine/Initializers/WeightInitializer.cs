namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Draws a layer's first weights, independently, with mean 0 and a variance that keeps the spread of activations, or of gradients, alike
/// from layer to layer.
/// </summary>
public sealed class WeightInitializer
{
    private const int PieceLength = 4096;

    private readonly string _name;
    private readonly Func<int, int, float> _variance;
    private readonly bool _normal;

    private WeightInitializer(string name, Func<int, int, float> variance, bool normal)
    {
        _name = name;
        _variance = variance;
        _normal = normal;
    }

    /// <summary>Normal with variance 1 / inputs (LeCun et al. 1998, Efficient BackProp); the one for SELU.</summary>
    public static WeightInitializer LeCunNormal { get; } = new(nameof(LeCunNormal), (inputs, _) => 1f / inputs, normal: true);

    /// <summary>Normal with variance 2 / inputs (He et al. 2015, Delving Deep into Rectifiers), for ReLU and its kin.</summary>
    public static WeightInitializer HeNormal { get; } = new(nameof(HeNormal), (inputs, _) => 2f / inputs, normal: true);

    /// <summary>Uniform with variance 2 / inputs (He et al. 2015).</summary>
    public static WeightInitializer HeUniform { get; } = new(nameof(HeUniform), (inputs, _) => 2f / inputs, normal: false);

    /// <summary>Normal with variance 2 / (inputs + outputs) (Glorot and Bengio 2010), for tanh, sigmoid and linear layers.</summary>
    public static WeightInitializer GlorotNormal { get; } = new(nameof(GlorotNormal), (inputs, outputs) => 2f / (inputs + outputs), normal: true);

    /// <summary>Uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010).</summary>
    public static WeightInitializer GlorotUniform { get; } = new(nameof(GlorotUniform), (inputs, outputs) => 2f / (inputs + outputs), normal: false);

    /// <summary>The initializer that suits an activation.</summary>
    /// <param name="activation">The layer's activation.</param>
    /// <returns>He normal for ReLU and its kin, LeCun normal for SELU, Glorot uniform for the others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such activation.</exception>
    public static WeightInitializer For(Activation activation) => ActivationTable.Of(activation).Start switch
    {
        WeightStart.GlorotUniform => GlorotUniform,
        WeightStart.LeCunNormal => LeCunNormal,
        _ => HeNormal,
    };

    /// <summary>The initializer's name.</summary>
    public override string ToString() => _name;

    /// <summary>Draws weights of variance 1 / <paramref name="fanIn"/>, and biases of variance 1.</summary>
    internal static void DrawNeuralTangent(DenseLayer layer, double fanIn, RandomSource random)
    {
        Draw(layer, random, (float)(1 / Math.Sqrt(fanIn)), normal: true);
        float[] biases = new float[layer.Outputs];
        foreach (ref float bias in biases.AsSpan()) bias = random.NextNormal();
        layer.SetBiases(biases);
    }

    /// <summary>Draws W [outputs x inputs], in row-major order.</summary>
    internal void Draw(DenseLayer layer, RandomSource random) => Draw(layer, random, MathF.Sqrt(_variance(layer.Inputs, layer.Outputs)), _normal);

    private static void Draw(DenseLayer layer, RandomSource random, float deviation, bool normal)
    {
        float halfWidth = deviation * MathF.Sqrt(3); // of the uniform distribution with that deviation
        Span<float> piece = new float[Math.Min(PieceLength, layer.Inputs)];
        for (int output = 0; output < layer.Outputs; output++)
        {
            for (int first = 0; first < layer.Inputs; first += PieceLength)
            {
                Span<float> weights = piece[..Math.Min(PieceLength, layer.Inputs - first)];
                foreach (ref float weight in weights) weight = normal ? deviation * random.NextNormal() : halfWidth * (2 * random.NextFloat() - 1);
                layer.SetWeights(output, first, weights);
            }
        }
    }
}
