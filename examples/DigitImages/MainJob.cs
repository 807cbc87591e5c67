using DigitImages.Data;
using DigitImages.Reports;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace DigitImages;

/// <summary>Trains on images, saves the model, evaluates it, loads it again to predict one image, and draws the reports.</summary>
internal sealed class MainJob(MLContext ml, CommandLine commandLine, TextWriter output)
{
    public void Run(IImageData images, CancellationToken cancellation)
    {
        output.WriteLine($"Training on {images.TrainingCount:N0} images of {images.ClassCount} classes; {images.TestLabels.Count:N0} others are for the test.");
        ITransformer model = Train(images, cancellation, out TrainingHistory history);

        string modelFile = InOutputFolder("model.zip");
        ml.Model.Save(model, images.Training.Schema, modelFile);

        Evaluate(images, model, history);
        PredictOne(images, modelFile);
    }

    private ITransformer Train(IImageData images, CancellationToken cancellation, out TrainingHistory history)
    {
        TrainingHistory? fitted = null;
        var options = new SimpleNnMulticlassTrainer.Options { CancellationToken = cancellation };
        if (commandLine.HiddenLayers is { } hiddenLayers)
            options.HiddenLayers = hiddenLayers;
        if (commandLine.NumberOfEpochs is { } epochs)
            options.NumberOfEpochs = epochs;

        try
        {
            ITransformer model = EpochProgress.Show(output, progress =>
            {
                options.Progress = progress;
                return ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: KeyOrdinality.ByValue)
                    .Append(images.ToFeatures())
                    .Append(ml.MulticlassClassification.Trainers.SimpleNn(options)
                        .WithOnFitDelegate(trained => fitted = trained.Model.TrainingHistory))
                    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
                    .Fit(images.Training);
            });
            history = fitted!;
            output.WriteLine($"Ended after {history.Epochs.Count} epochs ({history.StopReason}); kept the network of epoch {history.BestEpoch}, the best.");
            return model;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // So the trainer refuses options, or gives up on these images; its message says what to do.
            throw new InputException(e.Message);
        }
    }

    private void Evaluate(IImageData images, ITransformer model, TrainingHistory history)
    {
        // Cached, so that the images are decoded once for the metrics, the class names and the mistakes.
        IDataView results = model.Transform(images.Test);
        IDataView scored = ml.Data.Cache(ml.Transforms.SelectColumns("Label", "PredictedLabel", "Score").Fit(results).Transform(results));

        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);
        output.WriteLine();
        output.WriteLine($"Micro accuracy {metrics.MicroAccuracy:F4}   macro accuracy {metrics.MacroAccuracy:F4}   log-loss {metrics.LogLoss:F4}");
        output.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

        VBuffer<ReadOnlyMemory<char>> classNames = default;
        scored.Schema["Label"].GetKeyValues(ref classNames);

        LossCurve.Write(history, InOutputFolder("loss-curve.svg"));
        ConfusionMatrixChart.Write(metrics.ConfusionMatrix, [.. classNames.DenseValues().Select(name => name.ToString())], InOutputFolder("confusion-matrix.svg"));
        MistakeSheet.Write(images, ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false), InOutputFolder("mistakes.png"));
    }

    private void PredictOne(IImageData images, string modelFile)
    {
        ITransformer loaded = ml.Model.Load(modelFile, out _);
        Prediction prediction = images.PredictTestImage(loaded, row: 0);
        output.WriteLine($"The model loaded from {modelFile} takes the first test image, a '{images.TestLabels[0]}', for a '{prediction.PredictedLabel}' with probability {prediction.Probability:F3}.");
        output.WriteLine($"Pictures: loss-curve.svg, confusion-matrix.svg and mistakes.png in {Path.GetFullPath(commandLine.OutputFolder)}");
    }

    private string InOutputFolder(string file) => Path.Combine(commandLine.OutputFolder, file);
}
