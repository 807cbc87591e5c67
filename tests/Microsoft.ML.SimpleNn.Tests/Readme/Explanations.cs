using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Why a model predicts so, and how sure it is.</summary>
internal static class Explanations
{
    public static (float[][] Contributions, string[] ByContribution, string[] ByPermutation) Explain(MLContext ml, IDataView rows)
    {
        // shown begin
        var model = ml.Regression.Trainers.SimpleNn("Price").Fit(rows);

        // For each row: what each feature has added to its score.
        IDataView explained = ml.Transforms.CalculateFeatureContribution(model, normalize: false).Fit(rows).Transform(rows);
        float[][] contributions = [.. explained.GetColumn<VBuffer<float>>("FeatureContributions").Select(row => row.DenseValues().ToArray())];

        // On the whole: the mean size of the contributions, and beside it how much worse the model is without the feature.
        var importance = model.Model.GetFeatureImportance(rows);
        var permuted = ml.Regression.PermutationFeatureImportance(model, rows, "Price");
        foreach (var feature in importance)
            Console.WriteLine($"{feature.Name}: {feature.MeanContribution:N0}, root mean squared error {permuted[feature.Slot].RootMeanSquaredError.Mean:+#,0} when shuffled");
        // shown end

        return (contributions, [.. importance.Select(feature => feature.Name)], [.. importance.OrderByDescending(feature => permuted[feature.Slot].RootMeanSquaredError.Mean).Select(feature => feature.Name)]);
    }

    public static IDataView Bound(MLContext ml, IDataView rows, IDataView newRows)
    {
        // shown begin
        var model = ml.Regression.Trainers.SimpleNn(new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", IntervalCoverage = 0.9f }).Fit(rows);
        IDataView scored = model.Transform(newRows);       // Score, and nine of ten prices lie from ScoreLower to ScoreUpper
        Console.WriteLine($"as far as {model.Model.Interval!.Value.HalfWidth:N0} to both sides");
        // shown end

        return scored;
    }

    public static IDataView KeepDirections(MLContext ml, IDataView rows, IDataView newRows)
    {
        // shown begin
        var pipeline = ml.Transforms.Concatenate("Features", "Income", "Age", "Rooms").Append(ml.Regression.Trainers.SimpleNn(
            new SimpleNnRegressionTrainer.Options { LabelColumnName = "Price", MonotoneFeatures = new() { ["Income"] = 1, ["Age"] = -1 } }));
        // shown end

        return pipeline.Fit(rows).Transform(newRows);
    }

    public static (IDataView Scored, string[] First) Choose(MLContext ml, IDataView rows, IDataView newRows)
    {
        // shown begin
        var model = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options { PredictionSetCoverage = 0.9f }).Fit(rows);
        IDataView scored = model.Transform(newRows);       // PredictionSet: for nine of ten rows their class is true in it

        bool[] set = scored.GetColumn<bool[]>("PredictionSet").First();
        string[] possible = [.. model.Model.ClassNames!.Where((name, index) => set[index])];
        Console.WriteLine($"it may be {string.Join(" or ", possible)}");
        // shown end

        return (scored, possible);
    }
}
