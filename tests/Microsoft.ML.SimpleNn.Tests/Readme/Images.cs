namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Images, with a folder for each class.</summary>
internal static class Images
{
    public static double Run(string folder)
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var files = from path in Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories)
                    select new ImageFile(path, Label: Directory.GetParent(path)!.Name);
        var data = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(files), testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.LoadImages("Image", imageFolder: "", "Path"))
            .Append(ml.Transforms.ResizeImages("Image", 28, 28))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.SimpleNn())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(data.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.TestSet));
        Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
        // shown end

        return metrics.MicroAccuracy;
    }
}

// shown begin
internal sealed record ImageFile(string Path, string Label);
// shown end
