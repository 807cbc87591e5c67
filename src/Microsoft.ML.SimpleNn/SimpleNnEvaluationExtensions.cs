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
    /// <exception cref="ArgumentException">A column is missing or of another type, there is no row, or a number's label is never known.</exception>
    public static MultiOutputRegressionMetrics EvaluateOutputs(this RegressionCatalog catalog, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        ScoredRows rows = ScoredRows.Read(data, labelColumnName, scoreColumnName, mayBeBoolean: false);
        return new MultiOutputRegressionMetrics([.. Enumerable.Range(0, rows.Labels.Length).Select(slot => OutputEvaluator.Run(Known(rows, slot, labelColumnName), rows.Names[slot]))]);
    }

    /// <summary>Judges the prediction of several yes-or-no labels, each over the rows where it is known.</summary>
    /// <param name="catalog">The regression catalog of an <see cref="MLContext"/>.</param>
    /// <param name="data">Data with predictions, from a model's Transform.</param>
    /// <param name="labelColumnName">The label column, a vector of known size of <see cref="bool"/>, or of <see cref="float"/>: 1 for yes, 0 for no, NaN where missing.</param>
    /// <param name="scoreColumnName">The score column, of the same size: the probabilities of yes.</param>
    /// <param name="threshold">A label is predicted as yes where its probability is above this.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, there is no row, or a label is never known.</exception>
    public static MultiLabelMetrics EvaluateLabels(this RegressionCatalog catalog, IDataView data,
        string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score, float threshold = 0.5f)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(data, nameof(data));
        ScoredRows rows = ScoredRows.Read(data, labelColumnName, scoreColumnName, mayBeBoolean: true);
        return new MultiLabelMetrics(
            [.. Enumerable.Range(0, rows.Labels.Length).Select(slot => LabelEvaluator.Run(Known(rows, slot, labelColumnName), rows.Names[slot], threshold))],
            LabelEvaluator.SubsetAccuracy(rows, threshold));
    }

    private static (float Label, float Score)[] Known(ScoredRows rows, int slot, string column)
    {
        (float Label, float Score)[] known = [.. rows.Labels[slot].Zip(rows.Scores[slot]).Where(row => !float.IsNaN(row.First))];
        if (known.Length == 0) throw new ArgumentException($"Slot {slot} of label column '{column}' is missing in all rows, so nothing can be said of it: leave the slot out.");
        return known;
    }
}
