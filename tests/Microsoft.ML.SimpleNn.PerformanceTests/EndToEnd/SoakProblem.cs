using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>A small classification problem whose training takes some tens of milliseconds on two threads, and whose network is large enough that a batch is scored by several.</summary>
internal sealed class SoakProblem
{
    /// <summary>The features of a row.</summary>
    public const int Features = 64;

    /// <summary>The classes.</summary>
    public const int Classes = 10;

    /// <summary>The rows.</summary>
    public const int RowCount = 256;

    private static readonly int[] HiddenLayers = [512, 128];

    /// <summary>Draws the rows; always the same.</summary>
    public SoakProblem()
    {
        var random = new Random(1);
        Rows = [.. Enumerable.Range(0, RowCount).Select(row => new Row
        {
            Label = (uint)(row % Classes) + 1,
            Features = [.. Enumerable.Range(0, Features).Select(i => random.NextSingle() + (i % Classes == row % Classes ? 0.3f : 0))],
        })];
        AllFeatures = [.. Rows.SelectMany(row => row.Features)];
    }

    /// <summary>The rows.</summary>
    public Row[] Rows { get; }

    /// <summary>The features of all rows [rows x features].</summary>
    public float[] AllFeatures { get; }

    /// <summary>Trains for some epochs.</summary>
    public MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> Fit(CancellationToken cancellation = default)
    {
        var ml = new MLContext(seed: 1);
        return ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            HiddenLayers = HiddenLayers,
            NumberOfEpochs = 3,
            BatchSize = 64,
            Seed = 1,
            NumberOfThreads = 2,
            CancellationToken = cancellation,
        }).Fit(ml.Data.LoadFromEnumerable(Rows));
    }

    /// <summary>All weights and biases.</summary>
    public static float[] WeightsOf(MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> model) =>
        [.. model.Model.Network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases()))];

    /// <summary>A row as ML.NET takes it.</summary>
    public sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(SoakProblem.Features)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>What ML.NET gives for a row.</summary>
    public sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
