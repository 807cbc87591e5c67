using DigitImages.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Handwritten digits in 28x28 pixels, from the raw pixels.</summary>
internal sealed class Mnist(string folder) : AccuracyTask("MNIST", "60,000 images, tested on 10,000", new Measure("accuracy", 0.980))
{
    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var ml = new MLContext(seed);
        var options = new SimpleNnMulticlassTrainer.Options();
        configure(options);
        IdxImageData images = IdxImageData.Load(ml, Path.Combine(folder, "mnist"));
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(images.ToFeatures()).Append(ml.MulticlassClassification.Trainers.SimpleNn(options));
        return [ml.MulticlassClassification.Evaluate(pipeline.Fit(images.Training).Transform(images.Test)).MicroAccuracy];
    }
}
