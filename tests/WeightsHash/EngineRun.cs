using Microsoft.ML.SimpleNn;

namespace WeightsHash;

/// <summary>Trains networks with the engine alone: all activations, losses, optimizers and kinds of regularisation, sizes that divide by nothing, a short last minibatch.</summary>
public static class EngineRun
{
    private const int Rows = 53;
    private const int Features = 37;
    private const int Outputs = 3;

    // Large enough that a team of threads shares the work of a layer.
    private const int HiddenUnits = 230;

    private static readonly Loss[] Losses = [Loss.SoftmaxCrossEntropy, Loss.SigmoidCrossEntropy, Loss.SquaredError];

    /// <summary>One of each rule.</summary>
    internal static readonly Optimizer[] Optimizers =
    [
        new SgdOptimizer { Momentum = 0.9f },
        new SgdOptimizer { Momentum = 0.9f, Nesterov = true },
        new AdamOptimizer(),
        new AdamWOptimizer { AmsGrad = true },
        new AdaGradOptimizer(),
        new RmsPropOptimizer(),
        new AdaDeltaOptimizer(),
    ];

    /// <summary>The hash of all networks' weights after training.</summary>
    /// <param name="threads">The threads to train with.</param>
    public static string Hash(int threads)
    {
        using var hasher = new WeightHasher();
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            int i = (int)activation;
            hasher.Add(Train(activation, Losses[i % Losses.Length], Optimizers[i % Optimizers.Length], threads));
            hasher.Add(Train(activation, Losses[i % Losses.Length], new LbfgsOptimizer(), threads, penalty: 0.1f));
        }

        foreach (Loss loss in Losses) hasher.Add(TrainAsByDefault(loss, threads));
        foreach (Loss loss in Losses) hasher.Add(Train(Activation.Tanh, loss, new AdamOptimizer(), threads, penalty: 0.1f, limits: 0.4f));

        return hasher.ToString();
    }

    private static Network Train(Activation activation, Loss loss, Optimizer optimizer, int threads, float penalty = 0, float limits = 0)
    {
        var random = new Random(1);
        float[] features = [.. Enumerable.Range(0, Rows * Features).Select(_ => random.NextSingle() - 0.3f)];
        float[] weights = [.. Enumerable.Range(0, Rows).Select(_ => 0.5f + random.NextSingle())];
        float[] targets = loss == Loss.SoftmaxCrossEntropy
            ? [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(Outputs))]
            : [.. Enumerable.Range(0, Rows * Outputs).Select(_ => random.NextSingle())];

        var network = Network.Create(Features, [HiddenUnits, 150], Outputs, activation);
        var examples = new DenseExamples(features, Features, targets, weights);
        TrainingLoop.Run(network, examples.Subset([.. Enumerable.Range(0, 43)]), examples.Subset([.. Enumerable.Range(43, 10)]), new TrainingOptions
        {
            Loss = loss,
            Optimizer = optimizer,
            LearningRateSchedule = LearningRateSchedule.Cosine,
            NumberOfEpochs = 2,
            BatchSize = 36,
            NumberOfThreads = threads,
            L1Regularization = penalty,
            L2Regularization = penalty,
            InputDropout = limits / 4,
            Dropout = limits,
            MaximumGradientNorm = limits > 0 ? limits : null,
            MaximumWeightNorm = limits > 0 ? limits : null,
        });
        return network;
    }

    /// <summary>What the trainers do by default: numbers of many units, in pieces, and of which some are missing; gains, a rate for each layer, warm restarts, label smoothing, a temperature.</summary>
    private static Network TrainAsByDefault(Loss loss, int threads)
    {
        var random = new Random(2);
        float[] features = [.. Enumerable.Range(0, Rows * Features).Select(i => random.Next(9) == 0 ? float.NaN : MathF.ScaleB(random.NextSingle() - 0.3f, i % Features))];
        float[] targets = loss == Loss.SoftmaxCrossEntropy
            ? [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(Outputs))]
            : [.. Enumerable.Range(0, Rows * Outputs).Select(_ => random.NextSingle())];

        var network = Network.Create(Features, [HiddenUnits, 150], Outputs);
        var examples = new DenseExamples(features, Features, targets);
        TrainingLoop.Run(network, examples.Subset([.. Enumerable.Range(0, 43)]), examples.Subset([.. Enumerable.Range(43, 10)]), new TrainingOptions
        {
            Loss = loss,
            Optimizer = new AdamOptimizer { LearningRate = 0.04f, Beta2 = 0.95f, Parametrization = Parametrization.NeuralTangent },
            LearningRateSchedule = LearningRateSchedule.WarmRestarts(firstCycle: 1),
            NumberOfEpochs = 3,
            BatchSize = 36,
            NumberOfThreads = threads,
            LabelSmoothing = loss == Loss.SquaredError ? 0 : 0.1f,
            Calibrate = true,
            NormalizeTargets = loss == Loss.SquaredError,
        });
        return network;
    }
}
