using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>A start with numbers in memory.</summary>
internal static class Start
{
    public static double Run()
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var points = from x in Enumerable.Range(-25, 51)
                     from y in Enumerable.Range(-25, 51)
                     select new Point([x, y], x * x + y * y < 300);    // the label: is the point inside a circle?
        var data = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(points), testFraction: 0.2);

        var model = ml.BinaryClassification.Trainers.SimpleNn().Fit(data.TrainSet);
        var metrics = ml.BinaryClassification.Evaluate(model.Transform(data.TestSet));
        Console.WriteLine($"accuracy {metrics.Accuracy:P1}");
        ml.Model.Save(model, data.TrainSet.Schema, "circle.zip");
        // shown end

        return metrics.Accuracy;
    }
}

// shown begin
internal sealed record Point([property: VectorType(2)] float[] Features, bool Label);
// shown end
