using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.Trainers.SimpleNn;

namespace Tabular;

/// <summary>A number from numbers, and an interval that it probably lies in: California housing, or houses that are made up.</summary>
internal static class HousePrice
{
    private static readonly string[] FeatureNames = ["longitude", "latitude", "age", "rooms", "bedrooms", "people", "households", "income"];

    public static void Run(MLContext ml, string? folder, TextWriter output)
    {
        var data = Load(ml, folder);

        output.WriteLine("Value of a house");
        Report("linear (L2)", ml.Transforms.NormalizeMeanVariance("Features").Append(ml.Regression.Trainers.Sdca()).Fit(data.TrainSet).Transform(data.TestSet));
        var model = ml.Regression.Trainers.SimpleNn().Fit(data.TrainSet);
        Report("SimpleNn", model.Transform(data.TestSet));
        Importance.Show(ml, model, data.TestSet, FeatureNames, output);

        // One network with two outputs: 5 % of the values should be below the first, 5 % above the second.
        var interval = new SimpleNnRegressionTrainer.Options
        {
            Loss = Loss.Quantile(0.05f, 0.95f),
        };
        IDataView scored = ml.Regression.Trainers.SimpleNn(interval).Fit(data.TrainSet).Transform(data.TestSet);
        (float Value, float[] Bounds)[] rows = [.. scored.GetColumn<float>("Label").Zip(scored.GetColumn<float[]>("Score"))];
        output.WriteLine($"  Interval of 90 %: {rows.Average(row => row.Value >= row.Bounds[0] && row.Value <= row.Bounds[1] ? 1.0 : 0.0):P1} of the test rows lie in it. Three of them:");
        foreach ((float value, float[] bounds) in rows.Take(3)) output.WriteLine($"    ${value:N0} in ${bounds[0]:N0} to ${bounds[1]:N0}");

        void Report(string name, IDataView predicted)
        {
            var metrics = ml.Regression.Evaluate(predicted);
            output.WriteLine($"  {name,-16} RMSE ${metrics.RootMeanSquaredError:N0}, R² {metrics.RSquared:F3}");
        }
    }

    /// <summary>The rows to train on and those to test by: of the folder, or made up.</summary>
    public static DataOperationsCatalog.TrainTestData Load(MLContext ml, string? folder)
    {
        IDataView houses = folder == null ? ml.Data.LoadFromEnumerable(Make(5000, seed: 1)) : LoadFile(ml, Path.Combine(folder, "cal_housing.data"));
        return ml.Data.TrainTestSplit(houses, testFraction: 0.2, seed: 1);
    }

    private static IDataView LoadFile(MLContext ml, string file) =>
        File.Exists(file) ? ml.Data.LoadFromTextFile<House>(file, separatorChar: ',') : throw new FileNotFoundException($"There is no file '{file}'.");

    /// <summary>The value falls with the distance from a centre, rises with income, and varies by a fifth either way.</summary>
    private static House[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, 8).Select(_ => random.NextSingle())];
            double distance = Math.Sqrt(Math.Pow(features[0] - 0.3, 2) + Math.Pow(features[1] - 0.6, 2));
            double value = 400_000 * Math.Exp(-2 * distance) + 200_000 * features[7] * features[7];
            return new House { Features = features, Value = (float)(value * (0.8 + 0.4 * random.NextDouble())) };
        })];
    }
}
