// Consumer train MODEL SCORES      trains on a table made here, saves the model, as ONNX too, with a report, and writes down its scores
// Consumer predict MODEL SCORES    in another process: loads the model and compares its scores, bit for bit
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

const int TestRows = 500;
const double RequiredAccuracy = 0.9;    // half of the points lie outside both circles, so always guessing that gives 0.5

var ml = new MLContext(seed: 1);
IDataView training = ml.Data.LoadFromEnumerable(Point.Draw(count: 2000, seed: 1));
IDataView test = ml.Data.LoadFromEnumerable(Point.Draw(TestRows, seed: 2));

switch (args)
{
    case ["train", string model, string scores]:
        return Train(model, scores);
    case ["predict", string model, string scores]:
        return Predict(model, scores);
    default:
        Console.Error.WriteLine("usage: Consumer train|predict MODEL SCORES");
        return 2;
}

int Train(string modelPath, string scoresPath)
{
    var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
        .Append(ml.MulticlassClassification.Trainers.SimpleNn(hiddenLayers: [32]))
        .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    var model = pipeline.Fit(training);

    double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy;
    Console.WriteLine($"trained: micro accuracy {accuracy:F3} on {TestRows} other points");
    if (accuracy < RequiredAccuracy)
    {
        Console.Error.WriteLine($"That is less than {RequiredAccuracy}: the packed trainer does not learn.");
        return 1;
    }

    ml.Model.Save(model, training.Schema, modelPath);
    ((IEnumerable<ITransformer>)model).OfType<MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters>>().Single().Model.SaveAsOnnx(modelPath + ".onnx");
    ml.Model.WriteReport(model, modelPath + ".html", test);
    File.WriteAllLines(scoresPath, ScoreBits(model));
    return 0;
}

int Predict(string modelPath, string scoresPath)
{
    ITransformer model = ml.Model.Load(modelPath, out _);
    string[] expected = File.ReadAllLines(scoresPath);
    string[] actual = [.. ScoreBits(model)];

    int different = expected.Length == actual.Length
        ? expected.Zip(actual).Count(pair => pair.First != pair.Second)
        : Math.Max(expected.Length, actual.Length);
    Console.WriteLine($"loaded in a second process: {actual.Length} rows scored, {different} differ from the first process");
    return different == 0 && actual.Length > 0 ? 0 : 1;
}

// The scores of the test table, a line per row, as the bits of the numbers.
IEnumerable<string> ScoreBits(ITransformer model) => model.Transform(test)
    .GetColumn<float[]>("Score")
    .Select(scores => string.Join(' ', scores.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("x8"))));
