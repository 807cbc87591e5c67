using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace TextSparse;

/// <summary>
/// Tells spam from ham. FeaturizeText makes tens of thousands of features of a text, of which a message has some hundred: the columns stay sparse
/// through the first layer of the network.
/// </summary>
internal static class SpamFilter
{
    private const string Help = """
        TextSparse: learns to tell spam from other text messages.

        Usage: TextSparse [FILE]

          (nothing)   makes 3,000 messages
          FILE        a text file with a message in each line: spam or ham, a tab, the text
                      (the SMS Spam Collection has this form)

        Four fifths of the messages are learnt from, one fifth is tested on.
        """;

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is ["--help" or "-h"])
        {
            output.WriteLine(Help);
            return 0;
        }

        if (args.Length > 1 || (args is [var file] && !File.Exists(file)))
        {
            error.WriteLine(args.Length > 1 ? "One file at most can be given; --help explains." : $"There is no file '{args[0]}'; --help explains.");
            return 1;
        }

        var ml = new MLContext(seed: 1);
        IDataView messages = args is [var path]
            ? ml.Data.LoadFromTextFile<Message>(path, separatorChar: '\t')
            : ml.Data.LoadFromEnumerable(MadeMessages.Make(count: 3000, seed: 1));
        Learn(ml, messages, output);
        return 0;
    }

    private static void Learn(MLContext ml, IDataView messages, TextWriter output)
    {
        var data = ml.Data.TrainTestSplit(messages, testFraction: 0.2, seed: 1);
        var pipeline = ml.Transforms.Conversion.MapValue("Label", new Dictionary<string, bool> { ["spam"] = true, ["ham"] = false }, nameof(Message.Kind))
            .Append(ml.Transforms.Text.FeaturizeText("Features", nameof(Message.Text)))
            .Append(ml.BinaryClassification.Trainers.SimpleNn());

        var clock = Stopwatch.StartNew();
        var model = pipeline.Fit(data.TrainSet);
        output.WriteLine($"Trained in {clock.Elapsed.TotalSeconds:F1} s on {model.LastTransformer.Model.SubModel.Network.Inputs:N0} features.");

        var metrics = ml.BinaryClassification.Evaluate(model.Transform(data.TestSet));
        output.WriteLine($"Accuracy {metrics.Accuracy:F4}, F1 of spam {metrics.F1Score:F4}, precision {metrics.PositivePrecision:F4}, recall {metrics.PositiveRecall:F4}, AUC {metrics.AreaUnderRocCurve:F4}.");

        var engine = ml.Model.CreatePredictionEngine<Message, Prediction>(model);
        foreach (string text in new[] { "You have won a prize! Call 80123 now to claim.", "I am at the station, shall we have dinner?", "Anna won a gift card, we should call her" })
        {
            Prediction prediction = engine.Predict(new Message { Text = text });
            output.WriteLine($"{prediction.Probability,6:P0} spam: {text}");
        }
    }
}
