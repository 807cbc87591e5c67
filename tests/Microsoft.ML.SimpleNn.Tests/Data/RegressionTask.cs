using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests;

/// <summary>The small regression problem as ML.NET takes it, with a label of each kind, and a trainer that is quick on it.</summary>
internal static class RegressionTask
{
    /// <summary>A label of each kind, of which each gives another score.</summary>
    public static readonly string[] Kinds = ["number", "rate", "numbers", "quantiles", "labels"];

    /// <summary>Options of a small, quick, reproducible training on all rows.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="ensembleSize">How many networks are trained.</param>
    public static SimpleNnRegressionTrainer.Options Options(string kind, int ensembleSize = 1) => new()
    {
        LabelColumnName = kind switch { "numbers" => "Sizes", "labels" => "Marks", "rate" => "Count", _ => "Height" },
        Loss = kind switch { "quantiles" => Loss.Quantile(0.05f, 0.5f, 0.95f), "rate" => Loss.Poisson, _ => null },
        HiddenLayers = [8],
        Optimizer = new AdamOptimizer { LearningRate = 0.01f },
        LearningRateSchedule = LearningRateSchedule.Constant,
        NumberOfEpochs = 15,
        EarlyStopping = false,
        EnsembleSize = ensembleSize,
        Seed = 1,
        NumberOfThreads = 1,
    };

    /// <summary>Rows with the vector columns Sizes and Marks, whose slots have names.</summary>
    public static IDataView View(MLContext ml, IEnumerable<Measurement> rows)
    {
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Concatenate("Sizes", "Height", "Width").Append(ml.Transforms.Concatenate("Marks", "Red", "Round")).Fit(data).Transform(data);
    }

    /// <summary>Trains on all rows.</summary>
    public static RegressionPredictionTransformer<SimpleNnRegressionModelParameters> Train(MLContext ml, string kind, int ensembleSize = 1) =>
        ml.Regression.Trainers.SimpleNn(Options(kind, ensembleSize)).Fit(View(ml, Measurement.Rows()));

    /// <summary>The Score column [rows][outputs].</summary>
    public static float[][] Scores(IDataView scored) => scored.Schema["Score"].Type is VectorDataViewType
        ? scored.GetColumn<float[]>("Score").ToArray()
        : scored.GetColumn<float>("Score").Select(score => new[] { score }).ToArray();

    /// <summary>All weights and biases, network after network.</summary>
    public static float[] Weights(SimpleNnRegressionModelParameters model) =>
        model.Networks.SelectMany(network => network.Layers).SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases())).ToArray();
}
