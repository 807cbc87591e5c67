namespace Microsoft.ML.SimpleNn.Tests.Properties;

/// <summary>A small network, rows for it and options to train it with, drawn at random by <see cref="Problems"/>. The numbers follow from <see cref="Seed"/>.</summary>
/// <param name="Features">The features of a row: numbers of several units, small counts, features that are mostly zero, and one that never changes.</param>
/// <param name="HiddenLayers">The units of each hidden layer.</param>
/// <param name="Outputs">The outputs for a row.</param>
/// <param name="Rows">The rows.</param>
/// <param name="BatchSize">The rows of a minibatch.</param>
/// <param name="Activation">The hidden layers' activation.</param>
/// <param name="Kind">The loss.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Penalty">The penalty on squared weights.</param>
/// <param name="Normalize">Whether features, and targets that are numbers, are standardised.</param>
/// <param name="Seed">Decides the rows and the first weights.</param>
internal sealed record Problem(
    int Features, int[] HiddenLayers, int Outputs, int Rows, int BatchSize, Activation Activation, LossKind Kind, Optimizer Optimizer, float Penalty, bool Normalize, int Seed)
{
    private const int Epochs = 3;

    /// <summary>What the network's outputs are measured by.</summary>
    public Loss Loss => Kind switch
    {
        LossKind.Classes => Loss.SoftmaxCrossEntropy,
        LossKind.Labels => Loss.SigmoidCrossEntropy,
        LossKind.Numbers => Loss.SquaredError,
        LossKind.Robust => Loss.Huber(0.5f),
        _ => Loss.Poisson,
    };

    /// <summary>The targets of a row.</summary>
    public int Targets => Kind == LossKind.Classes ? 1 : Outputs;

    /// <summary>The network with its first weights.</summary>
    public Network CreateNetwork()
    {
        var network = Network.Create(Features, HiddenLayers, Outputs, Activation);
        network.Initialize(null, Seed);
        return network;
    }

    /// <summary>The features [rows x features].</summary>
    public float[] DrawFeatures()
    {
        var random = new Random(Seed);
        var x = new float[Rows * Features];
        for (int i = 0; i < x.Length; i++)
        {
            int feature = i % Features;
            float normal = Normal(random);
            x[i] = ((feature + Seed) % 5) switch
            {
                0 => normal,
                1 => MathF.ScaleB(normal, feature % 5 - 3) + 1,
                2 => random.Next(4),
                3 => random.Next(3) == 0 ? normal : 0,
                _ => feature == 4 ? 1.5f : random.NextSingle(),
            };
        }

        return x;
    }

    /// <summary>The targets [rows x targets of a row].</summary>
    public float[] DrawTargets()
    {
        var random = new Random(Seed + 1);
        var targets = new float[Rows * Targets];
        foreach (ref float target in targets.AsSpan())
        {
            target = Kind switch
            {
                LossKind.Classes => random.Next(Outputs),
                LossKind.Labels => random.Next(2),
                LossKind.Counts => random.Next(5),
                _ => Normal(random),
            };
        }

        return targets;
    }

    /// <summary>Weights of the rows, 1 to 4, the first of them 1.</summary>
    public float[] DrawWeights()
    {
        var random = new Random(Seed + 2);
        return [.. Enumerable.Range(0, Rows).Select(row => row == 0 ? 1f : random.Next(1, 5))];
    }

    /// <summary>Draws a network's weights, and trains it on the rows.</summary>
    public Network Train(ExampleSet rows) => Train(Network.Create(Features, HiddenLayers, Outputs, Activation), rows, fromItsWeights: false);

    /// <summary>Trains a network on the rows, from weights drawn anew or from its own.</summary>
    public Network Train(Network network, ExampleSet rows, bool fromItsWeights = true)
    {
        TrainingLoop.Run(network, rows, null, new TrainingOptions
        {
            Loss = Loss,
            Optimizer = Optimizer,
            NumberOfEpochs = Epochs,
            BatchSize = BatchSize,
            L2Regularization = Penalty,
            MaximumGradientNorm = Kind == LossKind.Counts ? 1 : null, // e^output would run off
            NormalizeFeatures = Normalize,
            NormalizeTargets = Normalize && Kind is (LossKind.Numbers or LossKind.Robust),
            WarmStart = fromItsWeights,
            Seed = Seed,
            NumberOfThreads = 1,
        });
        return network;
    }

    /// <summary>As a failed test prints it.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Features}-{string.Concat(HiddenLayers.Select(units => $"{units}-"))}{Outputs} {Activation}, {Kind}, {Rows} rows by {BatchSize}, {Optimizer}, penalty {Penalty}, normalize {Normalize}, seed {Seed}");

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
