using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML;

/// <summary>Evaluators for scores that are vectors, of which ML.NET has none.</summary>
public static class SimpleNnEvaluationExtensions
{
    /// <summary>Judges the prediction of several numbers, each over the rows where its label is known, that is, not NaN.</summary>
    /// <param name="catalog">The regression catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">Data with predictions, from a model's Transform.</param>
    /// <param name="labelColumnName">The label column, a vector of <see cref="float"/> of known size; a single number is one output.</param>
    /// <param name="scoreColumnName">The score column, of the same size.</param>
    /// <param name="exampleWeightColumnName">The column of the rows' weights, a <see cref="float"/> of 0 or more; null for rows that count alike.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, there is no row of weight above 0, a score is NaN where its label is known,
    /// or a number's
    /// label is never known.</exception>
    public static MultiOutputRegressionMetrics EvaluateOutputs(this RegressionCatalog catalog, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score, string? exampleWeightColumnName = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        ScoredRows rows = ReadSlots(data, labelColumnName, scoreColumnName, exampleWeightColumnName, mayBeBoolean: false, out string?[] names);
        return new MultiOutputRegressionMetrics([.. names.Select((name, slot) => OutputEvaluator.Run(rows.Known(slot), name))]);
    }

    /// <summary>Judges the prediction of several yes-or-no labels, each over the rows where it is known.</summary>
    /// <param name="catalog">The regression catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">Data with predictions, from a model's Transform.</param>
    /// <param name="labelColumnName">The label column, a vector of known size of <see cref="bool"/>, or of <see cref="float"/>: 1 for yes, 0 for no, NaN where
    /// missing.</param>
    /// <param name="scoreColumnName">The score column, of the same size: the probabilities of yes.</param>
    /// <param name="threshold">A label is predicted as yes where its probability is above this.</param>
    /// <param name="exampleWeightColumnName">The column of the rows' weights, a <see cref="float"/> of 0 or more; null for rows that count alike.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, there is no row of weight above 0, a score is NaN where its label is known,
    /// or a label is
    /// never known.</exception>
    public static MultiLabelMetrics EvaluateLabels(this RegressionCatalog catalog, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        float threshold = 0.5f, string? exampleWeightColumnName = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        ScoredRows rows = ReadSlots(data, labelColumnName, scoreColumnName, exampleWeightColumnName, mayBeBoolean: true, out string?[] names);
        return new MultiLabelMetrics([.. names.Select((name, slot) => LabelEvaluator.Run(rows.Known(slot), name, threshold))],
            LabelEvaluator.SubsetAccuracy(rows, threshold));
    }

    /// <summary>Judges the prediction of several quantiles of a number, over the rows where the label is known, that is, not NaN.</summary>
    /// <param name="catalog">The regression catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">Data with predictions, from a model's Transform.</param>
    /// <param name="labelColumnName">The label column, a <see cref="float"/>.</param>
    /// <param name="scoreColumnName">The score column, a vector whose slot names are the probabilities, such as "0.05", as the models of Loss.Quantile name
    /// them.</param>
    /// <param name="exampleWeightColumnName">The column of the rows' weights, a <see cref="float"/> of 0 or more; null for rows that count alike.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, the score's slot names are no probabilities, there is no row of weight above
    /// 0, a score is
    /// NaN where the label is known, or the label is never known.</exception>
    public static QuantileRegressionMetrics EvaluateQuantiles(this RegressionCatalog catalog, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score, string? exampleWeightColumnName = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        DataViewSchema.Column label = ScoredRows.Find(data, labelColumnName, "label"), score = ScoredRows.Find(data, scoreColumnName, "score");
        if (label.Type != NumberDataViewType.Single)
            throw new ArgumentException($"Label column '{label.Name}' is {label.Type}, but quantiles are those of one number, a Single: name another column.");
        float[] probabilities = Probabilities(score);
        ScoredRows rows = ScoredRows.Read(data, label, score, exampleWeightColumnName);
        return QuantileEvaluator.Run([.. probabilities.Select((_, slot) => rows.Known(slot))], probabilities);
    }

    private static ScoredRows ReadSlots(
        IDataView data, string labelColumnName, string scoreColumnName, string? weightColumnName, bool mayBeBoolean, out string?[] names)
    {
        DataViewSchema.Column label = ScoredRows.Find(data, labelColumnName, "label"), score = ScoredRows.Find(data, scoreColumnName, "score");
        DataViewType labelType = ScoredRows.ItemType(label);
        int slots = ScoredRows.Slots(label);
        if (labelType != NumberDataViewType.Single && !(mayBeBoolean && labelType == BooleanDataViewType.Instance))
            throw new ArgumentException($"Label column '{label.Name}' is {label.Type}, but must be Single{(mayBeBoolean ? " or Boolean" : "")}, or a vector " +
                $"of it of known size: make it one with {ColumnKinds.ToSingle(label.Name)}.");
        if (ScoredRows.ItemType(score) != NumberDataViewType.Single || ScoredRows.Slots(score) != slots || slots == 0)
            throw new ArgumentException($"Score column '{score.Name}' is {score.Type} and label column '{label.Name}' is {label.Type}: both must have the " +
                $"same known number of slots, the score of Single.");
        names = SlotNames.Read(label) ?? new string?[slots];
        return ScoredRows.Read(data, label, score, weightColumnName);
    }

    private static float[] Probabilities(DataViewSchema.Column score)
    {
        if (score.Type is not VectorDataViewType { ItemType: NumberDataViewType { RawType: var type }, Size: > 0 } || type != typeof(float))
            throw new ArgumentException($"Score column '{score.Name}' is {score.Type}, but quantiles are a vector of Single of known size: train with " +
                $"Loss.Quantile and several probabilities.");
        string[] names = SlotNames.Read(score)
            ?? throw new ArgumentException($"Score column '{score.Name}' has no slot names, which say the probability of each quantile: give the column as " +
                $"the model makes it.");
        return Array.ConvertAll(names, name => float.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out float probability)
            && probability is > 0 and < 1
            ? probability
            : throw new ArgumentException($"Score column '{score.Name}' has the slot name '{name}', which is no probability above 0 and below 1: train with " +
                $"Loss.Quantile and several probabilities."));
    }
}
