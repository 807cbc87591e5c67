using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML;

/// <summary>The methods that create SimpleNn trainers from the catalogs of an <see cref="MLContext"/>.</summary>
public static class SimpleNnExtensions
{
    /// <summary>
    /// Creates a <see cref="SimpleNnMulticlassTrainer"/>, which trains a multilayer perceptron to tell two or more classes apart.
    /// </summary>
    /// <param name="catalog">The multiclass trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">The label column, of key type.</param>
    /// <param name="featureColumnName">The feature column, a vector of <see cref="float"/> of known size.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, of type <see cref="float"/>; null to weigh all rows alike.</param>
    /// <param name="hiddenLayers">The number of units of each hidden layer; empty for a linear model. Default: [128].</param>
    /// <param name="learningRate">The learning rate that the <see cref="Microsoft.ML.SimpleNn.AdamWOptimizer"/> starts from, above 0. Default: 0.003.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows, 1 or more. Default: chosen from the number of training rows, 20 to 100.</param>
    /// <param name="batchSize">The number of rows in a minibatch, 1 or more. Default: chosen from the number of training rows.</param>
    public static SimpleNnMulticlassTrainer SimpleNn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features, string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, float? learningRate = null, int? numberOfEpochs = null, int? batchSize = null)
    {
        var options = new SimpleNnMulticlassTrainer.Options { LabelColumnName = labelColumnName };
        SetCommon(options, featureColumnName, exampleWeightColumnName, hiddenLayers, learningRate, numberOfEpochs, batchSize);
        return catalog.SimpleNn(options);
    }

    /// <summary>Creates a <see cref="SimpleNnMulticlassTrainer"/> with all its options.</summary>
    /// <param name="catalog">The multiclass trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options; they are checked and copied.</param>
    public static SimpleNnMulticlassTrainer SimpleNn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SimpleNnMulticlassTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new SimpleNnMulticlassTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>
    /// Creates a <see cref="SimpleNnBinaryTrainer"/>, which trains a multilayer perceptron to tell true from false.
    /// </summary>
    /// <param name="catalog">The binary trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">The label column, of type <see cref="bool"/>.</param>
    /// <param name="featureColumnName">The feature column, a vector of <see cref="float"/> of known size.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, of type <see cref="float"/>; null to weigh all rows alike.</param>
    /// <param name="hiddenLayers">The number of units of each hidden layer; empty for a linear model. Default: [128].</param>
    /// <param name="learningRate">The learning rate that the <see cref="Microsoft.ML.SimpleNn.AdamWOptimizer"/> starts from, above 0. Default: 0.003.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows, 1 or more. Default: chosen from the number of training rows, 20 to 100.</param>
    /// <param name="batchSize">The number of rows in a minibatch, 1 or more. Default: chosen from the number of training rows.</param>
    public static SimpleNnBinaryTrainer SimpleNn(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features, string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, float? learningRate = null, int? numberOfEpochs = null, int? batchSize = null)
    {
        var options = new SimpleNnBinaryTrainer.Options { LabelColumnName = labelColumnName };
        SetCommon(options, featureColumnName, exampleWeightColumnName, hiddenLayers, learningRate, numberOfEpochs, batchSize);
        return catalog.SimpleNn(options);
    }

    /// <summary>Creates a <see cref="SimpleNnBinaryTrainer"/> with all its options.</summary>
    /// <param name="catalog">The binary trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options; they are checked and copied.</param>
    public static SimpleNnBinaryTrainer SimpleNn(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, SimpleNnBinaryTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new SimpleNnBinaryTrainer(catalog.GetEnvironment(), options);
    }

    private static void SetCommon(SimpleNnOptionsBase options, string featureColumnName, string? exampleWeightColumnName,
        int[]? hiddenLayers, float? learningRate, int? numberOfEpochs, int? batchSize)
    {
        options.FeatureColumnName = featureColumnName;
        options.ExampleWeightColumnName = exampleWeightColumnName;
        options.HiddenLayers = hiddenLayers ?? SimpleNnDefaults.HiddenLayers;
        options.Optimizer = learningRate is float rate ? SimpleNnDefaults.OptimizerWith(rate) : SimpleNnDefaults.Optimizer;
        options.NumberOfEpochs = numberOfEpochs;
        options.BatchSize = batchSize;
    }
}
