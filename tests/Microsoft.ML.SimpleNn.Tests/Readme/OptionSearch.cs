using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Searches for options.</summary>
internal static class OptionSearch
{
    public static ITransformer OnAPage(MLContext ml, IDataView trainRows)
    {
        // shown begin
        var options = new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price" };
        var result = ml.Regression.TuneSimpleNn(trainRows, options, new() { NumberOfConfigurations = 9 });
        Console.WriteLine(result);                                                     // a table of the trials
        var model = ml.Regression.Trainers.SimpleNn(result.Options).Fit(trainRows);    // trains on all rows; judge it by others
        // shown end
        return model;
    }

    public static IReadOnlyList<string> Space(SimpleNnRegressionTrainer.Options options)
    {
        // shown begin
        var space = TuningSpace.Around(options)
            .AddChoice("Activation", [Activation.ReLU, Activation.GELU], (o, activation) => o.Activation = activation)
            .AddRange("InputDropout", 0, 0.2f, (o, dropout) => o.InputDropout = dropout)
            .Without("BatchSize");
        // shown end
        return space.Names;
    }

    public static ITransformer Classes(MLContext ml, IDataView rows)
    {
        // shown begin
        var result = ml.MulticlassClassification.TuneSimpleNn(rows, settings: new() { NumberOfConfigurations = 3 });
        var model = ml.MulticlassClassification.Trainers.SimpleNn(result.Options).Fit(rows);
        // shown end
        return model;
    }

    public static double YesOrNo(MLContext ml, IDataView rows)
    {
        // shown begin
        var result = ml.BinaryClassification.TuneSimpleNn(rows, new() { LabelColumnName = "IsSpam" }, new() { NumberOfConfigurations = 3 });
        Console.WriteLine($"{result.Best.Description}: {result.Best.ValidationLoss:F4}, before {result.Given.ValidationLoss:F4}");
        // shown end
        return result.Best.ValidationLoss - result.Given.ValidationLoss;
    }

    public static int Numbers(MLContext ml, IDataView rows)
    {
        // shown begin
        var options = new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price" };
        var result = ml.Regression.TuneSimpleNn(rows, options, new() { NumberOfConfigurations = 3, Seed = 1 });
        // shown end
        return result.Trials.Count;
    }
}
