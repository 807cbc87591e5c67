using Microsoft.ML.SimpleNn;

namespace WeightsHash;

/// <summary>Trains networks on sparse rows with the engine alone: every optimizer, features that miss many steps, and rows without any.</summary>
public static class SparseRun
{
    private const int Rows = 300;
    private const int Features = 700;
    private const int Outputs = 3;

    // Large enough that a team of threads shares the work of a layer.
    private const int HiddenUnits = 300;

    /// <summary>The hash of all networks' weights after training.</summary>
    /// <param name="threads">The threads to train with.</param>
    public static string Hash(int threads)
    {
        using var hasher = new WeightHasher();
        foreach (Optimizer optimizer in EngineRun.Optimizers) hasher.Add(Train(optimizer, threads));
        return hasher.ToString();
    }

    private static Network Train(Optimizer optimizer, int threads)
    {
        var random = new Random(3);
        List<long> starts = [0];
        List<int> indices = [];
        List<float> values = [];
        for (int row = 0; row < Rows; row++)
        {
            for (int feature = random.Next(20); feature < Features && row % 50 != 7; feature += 1 + random.Next(1 + feature / 3))
            {
                indices.Add(feature);
                values.Add(random.NextSingle() - 0.3f);
            }

            starts.Add(values.Count);
        }

        float[] classes = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(Outputs))];
        var examples = new SparseExamples([.. starts], [.. indices], [.. values], Features, classes);
        var network = Network.Create(Features, [HiddenUnits], Outputs);
        TrainingLoop.Run(network, examples.Subset([.. Enumerable.Range(0, 250)]), examples.Subset([.. Enumerable.Range(250, 50)]), new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = optimizer,
            LearningRateSchedule = LearningRateSchedule.Cosine,
            NumberOfEpochs = 2,
            BatchSize = 36,
            NumberOfThreads = threads,
        });
        return network;
    }
}
