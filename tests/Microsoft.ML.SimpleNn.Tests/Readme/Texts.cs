namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>Texts with a label of yes or no.</summary>
internal static class Texts
{
    public static float Run(IEnumerable<Message> messages)
    {
        // shown begin
        var ml = new MLContext(seed: 1);
        var model = ml.Transforms.Text.FeaturizeText("Features", "Text")
            .Append(ml.BinaryClassification.Trainers.SimpleNn("IsSpam"))
            .Fit(ml.Data.LoadFromEnumerable(messages));

        var engine = ml.Model.CreatePredictionEngine<Message, Spam>(model);
        Spam spam = engine.Predict(new Message { Text = "You have won a prize" });
        Console.WriteLine($"spam with probability {spam.Probability:P0}");
        // shown end

        return spam.Probability;
    }
}

// shown begin
internal sealed class Message
{
    public string Text { get; set; } = "";
    public bool IsSpam { get; set; }
}

internal sealed class Spam
{
    public float Probability { get; set; }
}
// shown end
