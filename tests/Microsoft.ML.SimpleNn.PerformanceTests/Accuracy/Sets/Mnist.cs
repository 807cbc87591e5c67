using DigitImages.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>Handwritten digits in 28x28 pixels, from the raw pixels: 60,000, tested on 10,000.</summary>
internal class Mnist(string folder, string name = "MNIST", string group = AccuracySet.Confirm, params Measure[] measures)
    : AccuracySet(name, group, Problem.Multiclass, measures.Length > 0 ? measures : [Measure.Accuracy, Measure.LogLoss, Measure.CalibrationError])
{
    public override IReadOnlyList<Split> Split(MLContext ml, int seed)
    {
        IdxImageData images = IdxImageData.Load(ml, Path.Combine(folder, "mnist"));
        var features = ml.Transforms.Conversion.MapValueToKey("Label").Append(images.ToFeatures()).Fit(images.Training);
        return [Sets.Split.Create(ml, features.Transform(images.Training), features.Transform(images.Test))];
    }
}
