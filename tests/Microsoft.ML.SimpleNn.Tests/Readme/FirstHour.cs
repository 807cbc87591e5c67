using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>From data to a model that is trained, explained and exported.</summary>
internal static class FirstHour
{
    public static double Run(MLContext ml, IDataView flats)
    {
        // shown begin
        var split = ml.Data.TrainTestSplit(flats, testFraction: 0.2);
        var pipeline = ml.Transforms.Concatenate("Features", "Area", "Rooms", "Age").Append(ml.Regression.Trainers.SimpleNn(
            new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", IntervalCoverage = 0.9f, MonotoneFeatures = new() { ["Area"] = 1, ["Age"] = -1 } }));

        var model = pipeline.Fit(split.TrainSet);
        var scored = model.Transform(split.TestSet);
        Console.WriteLine($"R2 {ml.Regression.Evaluate(scored, "Price").RSquared:F3}");
        foreach (var feature in model.LastTransformer.Model.GetFeatureImportance(scored))
            Console.WriteLine($"{feature.Name} moves the price by {feature.MeanContribution:N0}");

        ml.Model.SaveAtomically(model, split.TrainSet.Schema, "flats.zip");
        model.LastTransformer.Model.SaveAsOnnx("flats.onnx");
        ml.Model.WriteReport(model, "flats.html", split.TestSet, new() { LabelColumnName = "Price" });
        // shown end

        return ml.Regression.Evaluate(scored, "Price").RSquared;
    }
}
