using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 4: images of 8 x 8 pixels.</summary>
internal static class Shapes
{
    public static void Run()
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        string[] names = ["line", "plus", "ring"], patterns = [".#..#..#.", ".#.###.#.", "####.####"];

        Shape Draw(int kind)
        {
            var pixels = new float[64];
            for (int i = 0; i < 64; i++) pixels[i] = random.Next(50);
            int top = random.Next(6), left = random.Next(6);
            for (int i = 0; i < 9; i++)
                if (patterns[kind][i] == '#') pixels[8 * (top + i / 3) + left + i % 3] = 200;
            return new Shape(pixels, names[kind]);
        }

        var shape = Draw(kind: 1);
        for (int row = 0; row < 8; row++) Console.WriteLine(string.Concat(shape.Pixels.Skip(8 * row).Take(8).Select(pixel => pixel < 100 ? " ." : " #")));
        // shown end

        // shown begin
        var shapes = Enumerable.Range(0, 1500).Select(i => Draw(kind: i % 3)).ToArray();
        var data = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(shapes), testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Name")
            .Append(ml.MulticlassClassification.Trainers.SimpleNn("Label", "Pixels", hiddenLayers: [64], learningRate: 0.003f, numberOfEpochs: 30))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(data.TrainSet);

        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:F3}");
        foreach (var row in metrics.ConfusionMatrix.Counts) Console.WriteLine(string.Concat(row.Select(count => $"{count,5}")));
        // shown end
    }
}

// shown begin
internal sealed record Shape([property: VectorType(64)] float[] Pixels, string Name);
// shown end
