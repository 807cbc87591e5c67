using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The small classification problem as ML.NET takes it, and a trainer that is quick on it.</summary>
internal static class BlobTask
{
    /// <summary>Options of a small, quick, reproducible training on all rows.</summary>
    public static SimpleNnMulticlassTrainer.Options Options() => new()
    {
        HiddenLayers = [8],
        Optimizer = new AdamOptimizer { LearningRate = 0.01f },
        LearningRateSchedule = LearningRateSchedule.Constant,
        NumberOfEpochs = 15,
        EarlyStopping = false,
        Seed = 1,
        NumberOfThreads = 1,
    };

    /// <summary>From the text label to the trained classifier.</summary>
    public static EstimatorChain<MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>> Pipeline(MLContext ml, SimpleNnMulticlassTrainer.Options? options = null) =>
        ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.SimpleNn(options ?? Options()));

    /// <summary>Rows whose label is already a key, with the class names of <see cref="Blob.Classes"/> in that order.</summary>
    public static IDataView Keyed(MLContext ml, IEnumerable<Blob> rows)
    {
        IDataView names = ml.Data.LoadFromEnumerable(Blob.Classes.Select(name => new Blob { Label = name, Features = new float[Blob.FeatureCount] }));
        return ml.Transforms.Conversion.MapValueToKey("Label", keyData: ml.Transforms.SelectColumns("Label").Fit(names).Transform(names))
            .Fit(names).Transform(ml.Data.LoadFromEnumerable(rows));
    }

    /// <summary>Trains on keyed rows.</summary>
    public static SimpleNnMulticlassModelParameters Train(MLContext ml, IEnumerable<Blob> rows, SimpleNnMulticlassTrainer.Options? options = null) =>
        ml.MulticlassClassification.Trainers.SimpleNn(options ?? Options()).Fit(Keyed(ml, rows)).Model;

    /// <summary>All weights and biases, layer after layer.</summary>
    public static float[] Weights(SimpleNnMulticlassModelParameters model) =>
        model.Network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases())).ToArray();

    /// <summary>The Score column [rows][classes].</summary>
    public static float[][] Scores(IDataView scored) => scored.GetColumn<float[]>("Score").ToArray();
}
