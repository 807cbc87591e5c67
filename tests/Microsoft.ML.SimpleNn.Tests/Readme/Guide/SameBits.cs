using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 9: the same bits, and rows that do not fit into memory.</summary>
internal static class SameBits
{
    public static void Run()
    {
        // shown begin
        var random = new Random(1);
        Dot Draw()
        {
            float x = 2 * random.NextSingle() - 1, y = 2 * random.NextSingle() - 1;
            return new Dot([x, y], x * x + y * y < 0.5f);
        }

        var dots = Enumerable.Range(0, 2000).Select(_ => Draw()).ToArray();
        float[] Train(int threads, int seed, long? memory = null)
        {
            var ml = new MLContext();
            var options = new SimpleNnBinaryTrainer.Options
            {
                HiddenLayers = [32],
                Effort = Effort.Quick,
                NumberOfThreads = threads,
                Seed = seed,
                MemoryBudget = memory,
            };
            var network = ml.BinaryClassification.Trainers.SimpleNn(options).Fit(ml.Data.LoadFromEnumerable(dots)).Model.SubModel.Network;
            return [.. network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases()))];
        }

        float[] weights = Train(threads: 1, seed: 7);
        Console.WriteLine($"two threads:      {Train(threads: 2, seed: 7).SequenceEqual(weights)}");
        Console.WriteLine($"another seed:     {Train(threads: 1, seed: 8).SequenceEqual(weights)}");
        Console.WriteLine($"rows read anew:   {Train(threads: 1, seed: 7, memory: 10_000).SequenceEqual(weights)}");
        // shown end
    }
}

// shown begin
internal sealed record Dot([property: VectorType(2)] float[] Features, bool Label);
// shown end
