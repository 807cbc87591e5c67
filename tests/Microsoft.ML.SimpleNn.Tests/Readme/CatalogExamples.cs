using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>The examples in the documentation of the catalog methods.</summary>
internal static class CatalogExamples
{
    public static IEstimator<ITransformer> Multiclass(MLContext ml)
    {
        // shown begin
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [64, 32]))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        // shown end
        return pipeline;
    }

    public static IEstimator<ITransformer> MulticlassOptions(MLContext ml)
    {
        // shown begin
        var trainer = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            HiddenLayers = [64, 32],
            Dropout = 0.1f,
            BalanceClasses = true,
        });
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> Binary(MLContext ml)
    {
        // shown begin
        var trainer = ml.BinaryClassification.Trainers.SimpleNn("IsSpam", "Features");
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> BinaryOptions(MLContext ml)
    {
        // shown begin
        var trainer = ml.BinaryClassification.Trainers.SimpleNn(new SimpleNnBinaryTrainer.Options
        {
            LabelColumnName = "IsSpam",
            Effort = Effort.Quick,
        });
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> Autoencoder(MLContext ml)
    {
        // shown begin
        var trainer = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder("Features", hiddenLayers: [16, 2]);
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> AutoencoderOptions(MLContext ml)
    {
        // shown begin
        var trainer = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(new SimpleNnAutoencoderTrainer.Options
        {
            HiddenLayers = [16, 2],
            Contamination = 0.01f,
        });
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> Regression(MLContext ml)
    {
        // shown begin
        var trainer = ml.Regression.Trainers.SimpleNn("Price");
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> RegressionOptions(MLContext ml)
    {
        // shown begin
        var trainer = ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options
        {
            LabelColumnName = "Price",
            Loss = Loss.Huber(),
        });
        // shown end
        return trainer;
    }

    public static IEstimator<ITransformer> Encode(MLContext ml)
    {
        // shown begin
        var pipeline = ml.Transforms.SimpleNnEncode("Code", "Features", new SimpleNnAutoencoderTrainer.Options { HiddenLayers = [16, 2] })
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Code"));
        // shown end
        return pipeline;
    }

    public static IEstimator<ITransformer> EncodeByModel(MLContext ml, IDataView data)
    {
        // shown begin
        var autoencoder = ml.AnomalyDetection.Trainers.SimpleNnAutoencoder(hiddenLayers: [16, 2]).Fit(data);
        var encoder = ml.Transforms.SimpleNnEncode("Code", autoencoder.Model, "Features");
        // shown end
        return encoder;
    }
}
