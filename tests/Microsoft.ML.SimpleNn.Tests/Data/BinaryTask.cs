using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The small binary problem as ML.NET takes it, and a trainer that is quick on it.</summary>
internal static class BinaryTask
{
    /// <summary>Options of a small, quick, reproducible training on all rows.</summary>
    public static SimpleNnBinaryTrainer.Options Options() => new()
    {
        HiddenLayers = [8],
        Optimizer = new AdamOptimizer { LearningRate = 0.01f },
        LearningRateSchedule = LearningRateSchedule.Constant,
        NumberOfEpochs = 15,
        EarlyStopping = false,
        Seed = 1,
        NumberOfThreads = 1,
    };

    /// <summary>Trains on rows of any type that has a Boolean Label and Features.</summary>
    public static BinaryPredictionTransformer<CalibratedModelParametersBase<SimpleNnBinaryModelParameters, PlattCalibrator>> Train<TRow>(
        MLContext ml, IEnumerable<TRow> rows, SimpleNnBinaryTrainer.Options? options = null) where TRow : class =>
        ml.BinaryClassification.Trainers.SimpleNn(options ?? Options()).Fit(ml.Data.LoadFromEnumerable(rows));

    /// <summary>All weights and biases, layer after layer.</summary>
    public static float[] Weights(SimpleNnBinaryModelParameters model) =>
        model.Network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases())).ToArray();

    /// <summary>The Score column [rows].</summary>
    public static float[] Scores(IDataView scored) => scored.GetColumn<float>("Score").ToArray();
}
