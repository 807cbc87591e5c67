using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A model of any task, as the page sees it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Task">What it does.</param>
/// <param name="Networks">Its networks.</param>
/// <param name="Histories">The course of the training of each.</param>
internal sealed record ReportedModel(object Model, string Task, IReadOnlyList<Network> Networks, IReadOnlyList<TrainingHistory> Histories)
{
    /// <summary>The first network.</summary>
    public Network Network => Networks[0];

    /// <summary>The contributions of features to a score of a row, from the row and the score; null for a task that has none.</summary>
    public Func<float[], int, float[]>? Contributions { get; private init; }

    /// <summary>The scores whose contributions are ranked, with their names; where the score depends on the row, one, of no number.</summary>
    public IReadOnlyList<(int? Output, string Name)> Explained { get; private init; } = [];

    /// <summary>The model of a task.</summary>
    public static ReportedModel Of<TOutput>(SimpleNnModelParametersBase<TOutput> model) => (object)model switch
    {
        SimpleNnMulticlassModelParameters => Supervised(model, "Classification, several classes", [(null, "probability of the predicted class")]),
        SimpleNnBinaryModelParameters => Supervised(model, "Classification, true or false", [(0, "logit of true")]),
        SimpleNnRegressionModelParameters numbers => Supervised(model, numbers.Meaning == ScoreMeaning.Probability ? "Several yes-or-no labels" : "Regression",
            [.. Enumerable.Range(0, Math.Min(model.Network.Outputs, MostExplained)).Select(output => ((int?)output, SlotName(numbers, output)))]),
        SimpleNnAutoencoderModelParameters => new ReportedModel(model, "Anomalies, by an autoencoder", model.Networks, model.TrainingHistories),
        _ => throw new NotSupportedException($"There is no report of a model of type {model.GetType()}."),
    };

    /// <summary>The score that is explained of a row: the predicted class, or the one that is given.</summary>
    public int Output(float[] row, int? given) => given ?? (Model is SimpleNnMulticlassModelParameters classes ? IndexOfLargest(classes.Predict(row)) : 0);

    /// <summary>The name of a slot of the score.</summary>
    public static string SlotName(SimpleNnRegressionModelParameters model, int slot) => model switch
    {
        { SlotNames: { } names } when names[slot].Length > 0 => names[slot],
        { Network.Outputs: 1 } => "score",
        _ => $"score {Number.Text(slot)}",
    };

    private const int MostExplained = 3;

    private static int IndexOfLargest(float[] numbers) => Array.IndexOf(numbers, numbers.Max());

    private static ReportedModel Supervised<TOutput>(SimpleNnModelParametersBase<TOutput> model, string task, IReadOnlyList<(int?, string)> explained) =>
        new(model, task, model.Networks, model.TrainingHistories)
        {
            Contributions = model is SimpleNnSupervisedModelParametersBase<TOutput> supervised
                ? (row, output) => supervised.GetFeatureContributions(row, output) : null,
            Explained = explained,
        };
}
