using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>Chapter 5: a table with a category and missing numbers, and short texts.</summary>
internal static class TablesAndTexts
{
    public static void Run()
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        (string Name, float PerSquareMeter)[] towns = [("Kyoto", 5000), ("Rome", 4000), ("Ulm", 3000)];
        Flat Make()
        {
            var town = towns[random.Next(3)];
            float area = random.Next(30, 150), age = random.Next(60);
            float rent = area * town.PerSquareMeter / 250 * (1 - age / 200) + random.Next(-50, 50);
            return new Flat { Area = area, Age = random.Next(10) == 0 ? float.NaN : age, Town = town.Name, Rent = rent };
        }

        var flats = Enumerable.Range(0, 500).Select(_ => Make()).ToArray();
        var data = ml.Data.TrainTestSplit(ml.Data.LoadFromEnumerable(flats), testFraction: 0.2);
        // shown end

        // shown begin
        var preparation = ml.Transforms.Categorical.OneHotEncoding("Town")
            .Append(ml.Transforms.Concatenate("Features", "Area", "Age", "Town"))
            .Fit(data.TrainSet);
        IDataView train = preparation.Transform(data.TrainSet), test = preparation.Transform(data.TestSet);

        var model = ml.Regression.Trainers.SimpleNn("Rent", hiddenLayers: [32], learningRate: 0.01f).Fit(train);
        var metrics = ml.Regression.Evaluate(model.Transform(test), "Rent");
        Console.WriteLine($"mean absolute error {metrics.MeanAbsoluteError:F0}, R2 {metrics.RSquared:F3}");
        // shown end

        // shown begin
        foreach (var feature in model.Model.GetFeatureImportance(test))
            Console.WriteLine($"{feature.Name,-10} {feature.MeanContribution,4:F0}");
        // shown end

        // shown begin
        string[] spam = ["win", "prize", "free", "claim", "cash"], plain = ["lunch", "meeting", "train", "report", "tomorrow"];
        Mail Write(bool isSpam)
        {
            var words = Enumerable.Range(0, 6).Select(_ => (isSpam || random.Next(3) == 0 ? spam : plain)[random.Next(5)]);
            return new Mail { Text = string.Join(' ', words), IsSpam = isSpam };
        }
        var mails = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => Write(isSpam: i % 2 == 0)).ToArray());

        var options = new SimpleNnBinaryTrainer.Options { LabelColumnName = "IsSpam", Effort = Effort.Quick };
        var filter = ml.Transforms.Text.FeaturizeText("Features", "Text").Append(ml.BinaryClassification.Trainers.SimpleNn(options)).Fit(mails);

        var engine = ml.Model.CreatePredictionEngine<Mail, MailGuess>(filter);
        foreach (string text in new[] { "claim your free prize", "the train to the meeting" })
            Console.WriteLine($"{engine.Predict(new Mail { Text = text }).Probability:F2}  {text}");
        // shown end
    }
}

// shown begin
internal sealed class Flat
{
    public float Area { get; set; }
    public float Age { get; set; }
    public string Town { get; set; } = "";
    public float Rent { get; set; }
}

internal sealed class Mail
{
    public string Text { get; set; } = "";
    public bool IsSpam { get; set; }
}

internal sealed class MailGuess
{
    public float Probability { get; set; }
}
// shown end
