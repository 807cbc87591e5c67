using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The values that the options have when the user gives none. They were chosen together, by trying them on tables, text and images
/// (docs/ACCURACY.md): a learning rate that starts high and falls to zero along a cosine, with decoupled weight decay.
/// </summary>
internal static class SimpleNnDefaults
{
    public const int ThoroughEnsembleSize = 8;

    /// <summary>The memory for rows where the options name none: half of what the runtime may use, so that the pipeline and the network have room.</summary>
    public static long MemoryBudget => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>With fewer held-out rows than this the validation loss says too little to stop by: no rows are held out.</summary>
    public const int SmallestHoldOut = 10;

    /// <summary>
    /// Below this fraction of values other than zero the rows are kept, and trained on, in sparse form. A step is as fast in either form somewhere
    /// between densities of 0.2 and 0.3 with 784 features, and of 0.03 and 0.1 with 10,000; with 120 the dense one was faster at 0.05 too. At 0.1 the sparse
    /// one takes a fifth of the memory.
    /// </summary>
    public const double SparseBelowDensity = 0.1;

    private const double ValidationFraction = 0.1;
    private const int LargestHoldOut = 2000;
    private const int SmallestHoldOutOfOwnAccord = 100;
    public const float LearningRate = 0.003f;
    public const float WeightDecay = 0.3f;
    public const float LabelSmoothing = 0.05f;
    private const int SparseBatchSize = 128;
    private const int FewestSteps = 4000;
    public const int FewestEpochs = 20;
    private const int MostEpochs = 100;

    /// <summary>The encoder's layers of an autoencoder, down to the bottleneck.</summary>
    public static int[] EncoderLayers => [256, 64, 8];

    /// <summary>AdamW with a rate for each layer, whose cycles <see cref="TrainingPlan"/> chooses.</summary>
    public static Optimizer Optimizer { get; } = WithDecay(0.02f);

    /// <summary>The same for quantiles, whose rows near the edges are few: what follows them closely makes intervals too narrow.</summary>
    public static Optimizer QuantileOptimizer { get; } = WithDecay(0.3f);

    /// <summary>A regression's decay: its labels carry less noise than classes do, and a strong decay would flatten the function.</summary>
    public const float RegressionWeightDecay = 0.03f;

    /// <summary>A regression's fewest epochs.</summary>
    public const int RegressionFewestEpochs = 50;

    /// <inheritdoc cref="QuantileOptimizer"/>
    public const float QuantileDropout = 0.1f;

    private static AdamWOptimizer WithDecay(float decay) =>
        new() { LearningRate = 0.04f, Beta2 = 0.95f, WeightDecay = decay, Parametrization = Parametrization.NeuralTangent };

    public static Optimizer OptimizerWith(float learningRate, float weightDecay = WeightDecay) =>
        new AdamWOptimizer { LearningRate = learningRate, WeightDecay = weightDecay };

    /// <summary>
    /// The fraction to hold out: a tenth, but not more rows than the validation loss needs to be known well; and none where a tenth would be
    /// too few for it, since a small table needs its rows more (WDBC's 512: 0.976 against 0.974).
    /// </summary>
    public static double ValidationFractionFor(long rows) =>
        ValidationFraction * rows < SmallestHoldOutOfOwnAccord ? 0 : ThresholdFractionFor(rows);

    /// <summary>
    /// The fraction that an autoencoder holds out, of a small table too: a threshold measured on rows that were trained on is too low (285 rows of WDBC:
    /// one normal row in four lies above the threshold that is to leave one in twenty there).
    /// </summary>
    public static double ThresholdFractionFor(long rows) => Math.Min(ValidationFraction, (double)LargestHoldOut / rows);

    /// <summary>
    /// The minibatch size: about a hundred steps in an epoch, as a power of two between 16, below which the matrix products waste their
    /// width, and 64, above which the accuracy falls. Sparse rows, such as texts, go by 128: each of their features occurs in few rows, and the
    /// gradient of a larger minibatch tells more of it.
    /// </summary>
    public static int BatchSizeFor(long rows, bool sparse) =>
        sparse ? SparseBatchSize : (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(rows / 128 + 1)), 16, 64);

    /// <summary>The epochs: 4,000 steps where the fewest epochs do not have them, but not more than 100 epochs.</summary>
    public static int NumberOfEpochsFor(long rows, int batchSize, int fewestEpochs)
    {
        long stepsPerEpoch = (rows + batchSize - 1) / batchSize;
        return (int)Math.Clamp((FewestSteps + stepsPerEpoch - 1) / stepsPerEpoch, fewestEpochs, MostEpochs);
    }
}
