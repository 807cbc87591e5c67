using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;
using WeightsHash;

namespace KilledTraining;

/// <summary>Small trainings whose epochs take little longer than the checkpoint after each.</summary>
public static class Trainings
{
    private const int Rows = 600, Features = 20, SparseFeatures = 2000;

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["memory", "streaming", "sparse", "ensemble"];

    /// <summary>Trains, from the checkpoint where there is one; writes the epochs as they end, and the hash of all weights.</summary>
    public static void Run(string kind, string path)
    {
        var ml = new MLContext(seed: 1);
        var options = new SimpleNnBinaryTrainer.Options
        {
            HiddenLayers = [32],
            BatchSize = 60,
            NumberOfThreads = 1,
            Seed = 7,
            CheckpointPath = path,
            Progress = new Lines(),
        };
        switch (kind)
        {
            case "memory": // held-out rows, and the training on all of them
                (options.NumberOfEpochs, options.ValidationFraction, options.Dropout, options.BatchSize) = (120, 0.2, 0.1f, 10);
                break;
            case "streaming":
                (options.NumberOfEpochs, options.MemoryBudget, options.EarlyStopping) = (60, 40_000, false);
                break;
            case "sparse":
                (options.NumberOfEpochs, options.EarlyStopping) = (50, false);
                break;
            default: // and folds
                (options.NumberOfEpochs, options.EnsembleSize) = (12, 3);
                break;
        }
        IDataView rows = kind == "sparse" ? ml.Data.LoadFromEnumerable(SparseRows()) : ml.Data.LoadFromEnumerable(DenseRows());
        var model = ml.BinaryClassification.Trainers.SimpleNn(options).Fit(rows).Model.SubModel;
        using var hasher = new WeightHasher();
        foreach (Network network in model.Networks)
            hasher.Add(network);
        Console.WriteLine(hasher);
    }

    private static DenseRow[] DenseRows()
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, Rows).Select(row => new DenseRow
        {
            Label = row % 3 == 0,
            Features = [.. Enumerable.Range(0, Features).Select(i => random.NextSingle() + (row % 3 == 0 && i % 4 == 0 ? 0.2f : 0))],
        })];
    }

    private static SparseRow[] SparseRows()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Rows).Select(row =>
        {
            int[] indices = [.. Enumerable.Range(0, 12).Select(i => i < 3 ? (2 * random.Next(30)) + (row % 2) : random.Next(SparseFeatures))
                .Distinct().Order()];
            float[] values = [.. indices.Select(_ => random.NextSingle())];
            return new SparseRow { Label = row % 2 == 0, Features = new VBuffer<float>(SparseFeatures, indices.Length, values, indices) };
        })];
    }

    private sealed class Lines : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => Console.WriteLine($"{value.Phase} {value.EnsembleMember} {value.Epoch}");
    }

    private sealed class DenseRow
    {
        public bool Label { get; set; }

        [VectorType(Trainings.Features)]
        public float[] Features { get; set; } = [];
    }

    private sealed class SparseRow
    {
        public bool Label { get; set; }

        [VectorType(SparseFeatures)]
        public VBuffer<float> Features { get; set; }
    }
}
