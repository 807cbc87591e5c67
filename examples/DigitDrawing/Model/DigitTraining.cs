using DigitDrawing.Digits;
using Microsoft.ML;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;
using static Microsoft.ML.Transforms.ValueToKeyMappingEstimator;

namespace DigitDrawing.Model;

/// <summary>Trains the network that the page asks.</summary>
internal static class DigitTraining
{
    private const int MadePerDigit = 1500, MadePerDigitInTest = 200;

    /// <summary>Options for drawn digits.</summary>
    /// <remarks>
    /// The pixels are from 0 to 1 already, and are taken as they are: so an explanation begins at the empty page, and all that it speaks of is ink. Distortion
    /// makes up for hands that are not in the training images. Two layers of 16x16 units are enough, and can be shown.
    /// </remarks>
    public static SimpleNnMulticlassTrainer.Options Options() => new()
    {
        HiddenLayers = [256, 256],
        NormalizeFeatures = false,
        ImageDistortion = new ImageDistortion { Rotation = 12, Scale = 0.15f },
        NumberOfEpochs = 20,
        EarlyStopping = false,
    };

    /// <summary>Trains on the MNIST database, or where there is none on digits that are made, and says how many of the test digits are recognized.</summary>
    public static ITransformer Run(MLContext ml, string? mnistFolder, TextWriter output)
    {
        (IDataView training, IDataView test) = mnistFolder is null
            ? (ml.Data.LoadFromEnumerable(MadeDigits.Make(MadePerDigit, seed: 1)), ml.Data.LoadFromEnumerable(MadeDigits.Make(MadePerDigitInTest, seed: 2)))
            : MnistDigits.Load(ml, mnistFolder);

        string origin = mnistFolder is null ? ", made up by strokes of many hands" : "";
        output.WriteLine($"Training on {training.GetRowCount():N0} digits{origin}; it takes a minute or two.");
        SimpleNnMulticlassTrainer.Options options = Options();
        options.Progress = new Progress(output);
        ITransformer model = Fit(ml, training, options);
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
        output.WriteLine($"{accuracy:P2} of {test.GetRowCount():N0} other digits are recognized.");
        return model;
    }

    /// <summary>Trains on rows of digits. The scores are in the order of the digits.</summary>
    public static ITransformer Fit(MLContext ml, IDataView training, SimpleNnMulticlassTrainer.Options options) =>
        ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: KeyOrdinality.ByValue)
            .Append(ml.MulticlassClassification.Trainers.SimpleNn(options))
            .Fit(training);

    private sealed class Progress(TextWriter output) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => output.WriteLine($"epoch {value.Epoch,3}/{value.NumberOfEpochs}  loss {value.TrainingLoss:F4}");
    }
}
