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
    /// <param name="hiddenLayers">The number of units of each hidden layer; empty for a linear model. Default: chosen from the data.</param>
    /// <param name="learningRate">The learning rate of an <see cref="Microsoft.ML.SimpleNn.AdamWOptimizer"/> in place of the default optimizer, above 0.
    /// Default: null, the default optimizer.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows, 1 or more. Default: chosen from the number of training rows.</param>
    /// <param name="batchSize">The number of rows in a minibatch, 1 or more. Default: chosen from the number of training rows.</param>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [64, 32]))
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// </code>
    /// </example>
    public static SimpleNnMulticlassTrainer SimpleNn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features, string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, float? learningRate = null, int? numberOfEpochs = null, int? batchSize = null)
    {
        var options = new SimpleNnMulticlassTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
        };
        SetTraining(options, hiddenLayers, learningRate, numberOfEpochs, batchSize);
        return catalog.SimpleNn(options);
    }

    /// <summary>Creates a <see cref="SimpleNnMulticlassTrainer"/> with all its options.</summary>
    /// <param name="catalog">The multiclass trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options; they are checked and copied.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
    /// {
    ///     HiddenLayers = [64, 32],
    ///     Dropout = 0.1f,
    ///     BalanceClasses = true,
    /// });
    /// </code>
    /// </example>
    public static SimpleNnMulticlassTrainer SimpleNn(this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        SimpleNnMulticlassTrainer.Options options)
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
    /// <param name="hiddenLayers">The number of units of each hidden layer; empty for a linear model. Default: chosen from the data.</param>
    /// <param name="learningRate">The learning rate of an <see cref="Microsoft.ML.SimpleNn.AdamWOptimizer"/> in place of the default optimizer, above 0.
    /// Default: null, the default optimizer.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows, 1 or more. Default: chosen from the number of training rows.</param>
    /// <param name="batchSize">The number of rows in a minibatch, 1 or more. Default: chosen from the number of training rows.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.BinaryClassification.Trainers.SimpleNn("IsSpam", "Features");
    /// </code>
    /// </example>
    public static SimpleNnBinaryTrainer SimpleNn(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features, string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, float? learningRate = null, int? numberOfEpochs = null, int? batchSize = null)
    {
        var options = new SimpleNnBinaryTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
        };
        SetTraining(options, hiddenLayers, learningRate, numberOfEpochs, batchSize);
        return catalog.SimpleNn(options);
    }

    /// <summary>Creates a <see cref="SimpleNnBinaryTrainer"/> with all its options.</summary>
    /// <param name="catalog">The binary trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options; they are checked and copied.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.BinaryClassification.Trainers.SimpleNn(new SimpleNnBinaryTrainer.Options
    /// {
    ///     LabelColumnName = "IsSpam",
    ///     Effort = Effort.Quick,
    /// });
    /// </code>
    /// </example>
    public static SimpleNnBinaryTrainer SimpleNn(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, SimpleNnBinaryTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new SimpleNnBinaryTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>
    /// Creates a <see cref="SimpleNnAutoencoderTrainer"/>, which trains an autoencoder to find rows unlike those that it was trained on.
    /// </summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="featureColumnName">The feature column, a vector of <see cref="float"/> of known size.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, of type <see cref="float"/>; null to weigh all rows alike.</param>
    /// <param name="hiddenLayers">The number of units of each layer of the encoder, 1 or more; the last is the bottleneck, and the decoder mirrors the
    /// others. Default: [256, 64, 8].</param>
    /// <param name="learningRate">The learning rate that the <see cref="Microsoft.ML.SimpleNn.AdamWOptimizer"/> starts from, above 0. Default: 0.003.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows, 1 or more. Default: chosen from the number of training rows, 20 to 100.</param>
    /// <param name="batchSize">The number of rows in a minibatch, 1 or more. Default: chosen from the number of training rows.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder("Features", hiddenLayers: [16, 2]);
    /// </code>
    /// </example>
    public static SimpleNnAutoencoderTrainer SimpleNnAutoencoder(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog,
        string featureColumnName = DefaultColumnNames.Features, string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, float? learningRate = null, int? numberOfEpochs = null, int? batchSize = null)
    {
        var options = new SimpleNnAutoencoderTrainer.Options { FeatureColumnName = featureColumnName, ExampleWeightColumnName = exampleWeightColumnName };
        SetTraining(options, hiddenLayers, learningRate, numberOfEpochs, batchSize);
        return catalog.SimpleNnAutoencoder(options);
    }

    /// <summary>
    /// Creates a <see cref="SimpleNnRegressionTrainer"/>, which trains a multilayer perceptron to predict a number, several numbers or several labels at once.
    /// </summary>
    /// <param name="catalog">The regression trainers of an <see cref="MLContext"/>.</param>
    /// <param name="labelColumnName">The label column: <see cref="float"/>, or a vector of known size of <see cref="float"/> or <see cref="bool"/>.</param>
    /// <param name="featureColumnName">The feature column, a vector of <see cref="float"/> of known size.</param>
    /// <param name="exampleWeightColumnName">The column of the example weights, of type <see cref="float"/>; null to weigh all rows alike.</param>
    /// <param name="hiddenLayers">The number of units of each hidden layer; empty for a linear model. Default: chosen from the data.</param>
    /// <param name="learningRate">The learning rate of an <see cref="Microsoft.ML.SimpleNn.AdamWOptimizer"/> in place of the default optimizer, above 0.
    /// Default: null, the default optimizer.</param>
    /// <param name="numberOfEpochs">The most passes over the training rows, 1 or more. Default: chosen from the number of training rows.</param>
    /// <param name="batchSize">The number of rows in a minibatch, 1 or more. Default: chosen from the number of training rows.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.Regression.Trainers.SimpleNn("Price");
    /// </code>
    /// </example>
    public static SimpleNnRegressionTrainer SimpleNn(this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features, string? exampleWeightColumnName = null,
        int[]? hiddenLayers = null, float? learningRate = null, int? numberOfEpochs = null, int? batchSize = null)
    {
        var options = new SimpleNnRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
        };
        SetTraining(options, hiddenLayers, learningRate, numberOfEpochs, batchSize);
        return catalog.SimpleNn(options);
    }

    /// <summary>Creates a <see cref="SimpleNnRegressionTrainer"/> with all its options.</summary>
    /// <param name="catalog">The regression trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options; they are checked and copied.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
    /// {
    ///     LabelColumnName = "Price",
    ///     Loss = Loss.Huber(),
    /// });
    /// </code>
    /// </example>
    public static SimpleNnRegressionTrainer SimpleNn(this RegressionCatalog.RegressionTrainers catalog, SimpleNnRegressionTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new SimpleNnRegressionTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>Creates a <see cref="SimpleNnAutoencoderTrainer"/> with all its options.</summary>
    /// <param name="catalog">The anomaly detection trainers of an <see cref="MLContext"/>.</param>
    /// <param name="options">The options; they are checked and copied.</param>
    /// <example>
    /// <code>
    /// var trainer = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(new SimpleNnAutoencoderTrainer.Options
    /// {
    ///     HiddenLayers = [16, 2],
    ///     Contamination = 0.01f,
    /// });
    /// </code>
    /// </example>
    public static SimpleNnAutoencoderTrainer SimpleNnAutoencoder(this AnomalyDetectionCatalog.AnomalyDetectionTrainers catalog,
        SimpleNnAutoencoderTrainer.Options options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(options, nameof(options));
        return new SimpleNnAutoencoderTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>
    /// Creates a <see cref="SimpleNnEncodingEstimator"/>, whose Fit trains an autoencoder, and which adds the outputs of its bottleneck as a
    /// column: few features in place of many, for another trainer.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column that is added, a vector of <see cref="float"/> of the size of the bottleneck.</param>
    /// <param name="inputColumnName">The column that is encoded, a vector of <see cref="float"/> of known size; null for <paramref name="outputColumnName"/>,
    /// which is then replaced.</param>
    /// <param name="options">The options of the autoencoder, whose feature column is <paramref name="inputColumnName"/> whatever they say; null for the
    /// defaults.</param>
    /// <example>
    /// <code>
    /// var pipeline = ml.Transforms.SimpleNnEncode("Code", "Features", new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [16, 2] })
    ///     .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Code"));
    /// </code>
    /// </example>
    public static SimpleNnEncodingEstimator SimpleNnEncode(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        SimpleNnAutoencoderTrainer.Options? options = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new SimpleNnEncodingEstimator(catalog.GetEnvironment(), outputColumnName, inputColumnName, options ?? new SimpleNnAutoencoderTrainer.Options());
    }

    /// <summary>
    /// Creates a <see cref="SimpleNnEncodingEstimator"/> from an autoencoder that is already trained, which adds the outputs of its bottleneck as a
    /// column.
    /// </summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">The column that is added, a vector of <see cref="float"/> of the size of the bottleneck.</param>
    /// <param name="model">The autoencoder.</param>
    /// <param name="inputColumnName">The column that is encoded, with the features that the autoencoder takes; null for <paramref name="outputColumnName"/>,
    /// which is then replaced.</param>
    /// <example>
    /// <code>
    /// var autoencoder = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(hiddenLayers: [16, 2]).Fit(data);
    /// var encoder = ml.Transforms.SimpleNnEncode("Code", autoencoder.Model, "Features");
    /// </code>
    /// </example>
    public static SimpleNnEncodingEstimator SimpleNnEncode(this TransformsCatalog catalog, string outputColumnName, SimpleNnAutoencoderModelParameters model,
        string? inputColumnName = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new SimpleNnEncodingEstimator(catalog.GetEnvironment(), outputColumnName, inputColumnName, model);
    }

    private static void SetTraining(SimpleNnOptionsBase options, int[]? hiddenLayers, float? learningRate, int? numberOfEpochs, int? batchSize)
    {
        options.HiddenLayers = hiddenLayers ?? options.HiddenLayers;
        if (learningRate is float rate) options.Optimizer = SimpleNnDefaults.OptimizerWith(rate, options.WeightDecayOfAdamW);
        options.NumberOfEpochs = numberOfEpochs;
        options.BatchSize = batchSize;
    }
}
