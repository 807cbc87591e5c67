using Microsoft.ML;

var ml = new MLContext(seed: 1);

// 1. Data in memory: a hundred fruits of each kind, each up to two fifths larger or smaller than usual.
var random = new Random(1);
float About(float usual) => usual * (0.6f + 0.8f * random.NextSingle());
(string Kind, float Weight, float Length)[] kinds = [("apple", 180, 8), ("banana", 120, 18), ("lemon", 100, 8)];
var fruits = from kind in kinds
             from _ in Enumerable.Range(0, 100)
             select new Fruit(About(kind.Weight), About(kind.Length), kind.Kind);
var data = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(fruits.ToArray()), testFraction: 0.2);

// 2. Train.
var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Kind")
    .Append(ml.Transforms.Concatenate("Features", "Weight", "Length"))
    .Append(ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [32]))
    .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
var model = pipeline.Fit(data.TrainSet);

// 3. Evaluate on rows that the training has not seen.
var metrics = ml.MulticlassClassification.Evaluate(model.Transform(data.TestSet));
Console.WriteLine($"accuracy {metrics.MicroAccuracy:F3}");

// 4. Save, and load again.
ml.Model.Save(model, data.TrainSet.Schema, "fruit.zip");
ITransformer loaded = ml.Model.Load("fruit.zip", out _);

// 5. Predict.
var engine = ml.Model.CreatePredictionEngine<Fruit, Guess>(loaded);
Guess guess = engine.Predict(new Fruit(Weight: 125, Length: 17, Kind: ""));
Console.WriteLine($"{guess.PredictedLabel}, with probability {guess.Score.Max():F2}");

internal sealed record Fruit(float Weight, float Length, string Kind);

internal sealed class Guess
{
    public string PredictedLabel { get; set; } = "";
    public float[] Score { get; set; } = [];
}
