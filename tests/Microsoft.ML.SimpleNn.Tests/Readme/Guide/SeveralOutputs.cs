using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 6: several numbers at once, and how sure one of them is.</summary>
internal static class SeveralOutputs
{
    public static void Run()
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        Throw Measure()
        {
            double speed = 5 + 20 * random.NextDouble(), angle = 1.4 * random.NextDouble() + 0.1;
            double distance = speed * speed * Math.Sin(2 * angle) / 9.81, height = Math.Pow(speed * Math.Sin(angle), 2) / (2 * 9.81);
            float error = (float)(random.NextDouble() - 0.5);
            return new Throw([(float)speed, (float)angle], [(float)distance + error, (float)height], (float)distance + error);
        }

        IDataView train = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(_ => Measure()).ToArray());
        IDataView test = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(_ => Measure()).ToArray());

        var model = ml.Regression.Trainers.SimpleNn("Flight", hiddenLayers: [64], learningRate: 0.01f).Fit(train);
        var metrics = ml.Regression.EvaluateOutputs(model.Transform(test), "Flight");
        Console.WriteLine($"distance: error {metrics.Outputs[0].MeanAbsoluteError:F2} m");
        Console.WriteLine($"height:   error {metrics.Outputs[1].MeanAbsoluteError:F2} m");
        // shown end

        // shown begin
        var options = new SimpleNnRegressionTrainer.Options
        {
            LabelColumnName = "Distance",
            HiddenLayers = [64],
            Effort = Effort.Quick,
            IntervalCoverage = 0.9f,
        };
        IDataView scored = ml.Regression.Trainers.SimpleNn(options).Fit(train).Transform(test);

        var rows = ml.Data.CreateEnumerable<Bounded>(scored, reuseRowObject: false).ToArray();
        Console.WriteLine($"{rows.Count(row => row.ScoreLower <= row.Distance && row.Distance <= row.ScoreUpper)} of {rows.Length} between the bounds");
        Console.WriteLine($"the first: {rows[0].Distance:F1} m, predicted {rows[0].ScoreLower:F1} to {rows[0].ScoreUpper:F1} m");
        // shown end
    }
}

// shown begin
internal sealed record Throw([property: VectorType(2)] float[] Features, [property: VectorType(2)] float[] Flight, float Distance);

internal sealed class Bounded
{
    public float Distance { get; set; }
    public float ScoreLower { get; set; }
    public float ScoreUpper { get; set; }
}
// shown end
