using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Text messages: spam or not.</summary>
internal sealed class SmsSpam(string folder) : AccuracyTask("SMS spam", "random 80/20, FeaturizeText with its defaults",
    new("F1 of spam", 0.95), new("accuracy", 0.986))
{
    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var ml = new MLContext(seed);
        var options = new SimpleNnBinaryTrainer.Options();
        configure(options);
        IDataView messages = ml.Data.LoadFromTextFile<Message>(Path.Combine(folder, "sms-spam", "SMSSpamCollection"), separatorChar: '\t');
        var split = ml.Data.TrainTestSplit(messages, testFraction: 0.2, seed: seed);
        var pipeline = ml.Transforms.Conversion.MapValue("Label", new Dictionary<string, bool> { ["ham"] = false, ["spam"] = true }, nameof(Message.Kind))
            .Append(ml.Transforms.Text.FeaturizeText("Features", nameof(Message.Text)))
            .Append(ml.BinaryClassification.Trainers.SimpleNn(options));

        var metrics = ml.BinaryClassification.Evaluate(pipeline.Fit(split.TrainSet).Transform(split.TestSet));
        return [metrics.F1Score, metrics.Accuracy];
    }

    private sealed class Message
    {
        [LoadColumn(0)]
        public string Kind { get; set; } = "";

        [LoadColumn(1)]
        public string Text { get; set; } = "";
    }
}
