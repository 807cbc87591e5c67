using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace WeightsHash;

/// <summary>Trains a classifier the way an ML.NET user does.</summary>
public static class TrainerRun
{
    private const int Features = 19;

    /// <summary>The hash of the network's weights after training.</summary>
    /// <param name="threads">The threads to train with.</param>
    public static string Hash(int threads)
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(2);
        IDataView rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 131).Select(row => new Row
        {
            Label = "class " + row % 3,
            Features = [.. Enumerable.Range(0, Features).Select(i => random.NextSingle() + (i == row % 3 ? 0.5f : 0))],
        }).ToArray());
        var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
            {
                HiddenLayers = [400],
                NumberOfEpochs = 2,
                BatchSize = 36,
                NumberOfThreads = threads,
            }))
            .Fit(rows);

        using var hasher = new WeightHasher();
        hasher.Add(model.LastTransformer.Model.Network);
        return hasher.ToString();
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        [VectorType(TrainerRun.Features)]
        public float[] Features { get; set; } = [];
    }
}
