namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>From image files to a saved model.</summary>
internal static class Pictures
{
    public static (double MicroAccuracy, Prediction Prediction) Run(string folder, string newPicture)
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        IDataView pictures = ml.Data.LoadFromEnumerable(
            from classFolder in Directory.GetDirectories(folder)
            from path in Directory.GetFiles(classFolder)
            select new Picture { Path = path, Label = Path.GetFileName(classFolder) });
        var data = ml.Data.TrainTestSplit(pictures, testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.LoadImages("Image", imageFolder: "", "Path"))
            .Append(ml.Transforms.ResizeImages("Image", 28, 28))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [128]))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(data.TrainSet);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.TestSet));
        Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
        ml.Model.Save(model, data.TrainSet.Schema, "pictures.zip");

        // Here, or in any other process that has the package:
        ITransformer loaded = ml.Model.Load("pictures.zip", out _);
        var engine = ml.Model.CreatePredictionEngine<Picture, Prediction>(loaded);
        Prediction prediction = engine.Predict(new Picture { Path = newPicture });
        Console.WriteLine($"{prediction.PredictedLabel}, with probability {prediction.Score.Max():P0}");
        // shown end

        return (metrics.MicroAccuracy, prediction);
    }
}

// shown begin
internal sealed class Picture
{
    public string Path { get; set; } = "";
    public string Label { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedLabel { get; set; } = "";
    public float[] Score { get; set; } = [];
}
// shown end
