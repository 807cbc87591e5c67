using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The small anomaly detection problem as ML.NET takes it, and a trainer that is quick on it.</summary>
internal static class AutoencoderTask
{
    /// <summary>Options of a small, quick, reproducible training on all rows.</summary>
    public static SimpleNnAutoencoderTrainer.Options Options() => new()
    {
        HiddenLayers = [8, 2],
        Activation = Activation.Tanh,
        Optimizer = new AdamOptimizer { LearningRate = 0.02f },
        LearningRateSchedule = LearningRateSchedule.Constant,
        NumberOfEpochs = 15,
        EarlyStopping = false,
        Seed = 1,
        NumberOfThreads = 1,
    };

    /// <summary>Trains on rows of any type that has Features.</summary>
    public static AnomalyPredictionTransformer<SimpleNnAutoencoderModelParameters> Train<TRow>(
        MLContext ml, IEnumerable<TRow> rows, SimpleNnAutoencoderTrainer.Options? options = null) where TRow : class =>
        ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(options ?? Options()).Fit(ml.Data.LoadFromEnumerable(rows));

    /// <summary>All weights and biases, layer after layer.</summary>
    public static float[] Weights(SimpleNnAutoencoderModelParameters model) =>
        model.Network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases())).ToArray();

    /// <summary>The Score column [rows].</summary>
    public static float[] Scores(IDataView scored) => scored.GetColumn<float>("Score").ToArray();

    /// <summary>The PredictedLabel column [rows].</summary>
    public static bool[] Labels(IDataView scored) => scored.GetColumn<bool>("PredictedLabel").ToArray();
}
