using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>What a model has learned, and how well, as a page.</summary>
internal static class Reports
{
    public static void OfModel(MLContext ml, IDataView trainRows, IDataView testRows)
    {
        // shown begin
        var model = ml.Regression.Trainers.SimpleNn("Price").Fit(trainRows);
        model.Model.WriteReport("report.html", model.Transform(testRows), new() { LabelColumnName = "Price" });
        // shown end
    }

    public static void OfPipeline(MLContext ml, IEstimator<ITransformer> pipeline, IDataView trainRows, IDataView testRows)
    {
        // shown begin
        ITransformer model = pipeline.Fit(trainRows);
        ml.Model.WriteReport(model, "report.html", testRows);
        // shown end
    }

    public static ITransformer Live(MLContext ml, IDataView trainRows)
    {
        ITransformer model;
        // shown begin
        using (var live = new LiveReport("training.html"))
        {
            var options = new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", Progress = live };
            model = ml.Regression.Trainers.SimpleNn(options).Fit(trainRows);
        }
        // shown end
        return model;
    }
}
