using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>A table with a number to predict.</summary>
internal static class Tables
{
    public static double Run(string file)
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        IDataView houses = ml.Data.LoadFromTextFile<House>(file, separatorChar: ',', hasHeader: true);
        var data = ml.Data.TrainTestSplit(houses, testFraction: 0.2);

        var pipeline = ml.Transforms.Categorical.OneHotEncoding("Town")
            .Append(ml.Transforms.Concatenate("Features", "Area", "Rooms", "Town"))
            .Append(ml.Regression.Trainers.SimpleNn("Price"));

        var model = pipeline.Fit(data.TrainSet);
        var metrics = ml.Regression.Evaluate(model.Transform(data.TestSet), "Price");
        Console.WriteLine($"root mean squared error {metrics.RootMeanSquaredError:N0}");
        // shown end

        return metrics.RSquared;
    }
}

// shown begin
internal sealed class House
{
    [LoadColumn(0)] public float Area { get; set; }
    [LoadColumn(1)] public float Rooms { get; set; }
    [LoadColumn(2)] public string Town { get; set; } = "";
    [LoadColumn(3)] public float Price { get; set; }
}
// shown end
