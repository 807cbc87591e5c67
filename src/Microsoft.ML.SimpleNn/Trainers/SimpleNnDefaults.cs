using Microsoft.ML.SimpleNn;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The values that the options have when the user gives none, and the two that depend on the data.</summary>
internal static class SimpleNnDefaults
{
    public const Activation Activation = ML.SimpleNn.Activation.ReLU;
    public const int NumberOfEpochs = 100;
    public const bool NormalizeFeatures = true;
    public const bool EarlyStopping = true;
    public const double ValidationFraction = 0.1;
    public const int Patience = 10;
    public const double MinimumImprovement = 1e-4;

    /// <summary>With fewer held-out rows than this the validation loss says too little to stop by: no rows are held out.</summary>
    public const int SmallestHoldOut = 10;

    /// <summary>Below this fraction of values other than zero the rows are kept in sparse form.</summary>
    public const double SparseBelowDensity = 0.1;

    public static int[] HiddenLayers => [128];

    public static Optimizer Optimizer => new AdamOptimizer();

    public static LearningRateSchedule LearningRateSchedule => LearningRateSchedule.Constant;

    public static Optimizer OptimizerWith(float learningRate) => new AdamOptimizer { LearningRate = learningRate };

    /// <summary>
    /// The minibatch size for a number of training rows: about a hundred steps in an epoch, as a power of two between
    /// 16, below which the matrix products waste their width, and 128, above which a step generalises no better.
    /// </summary>
    public static int BatchSizeFor(int rows) => Math.Clamp((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(rows / 128 + 1)), 16, 128);
}
