using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Chooses how the scores of a regression are judged: one number, several, quantiles of one, or labels.</summary>
internal static class NumberEvaluations
{
    /// <summary>Reads the rows.</summary>
    public static Evaluation Read(SimpleNnRegressionModelParameters model, ScoredData data)
    {
        DataViewSchema.Column label = data.Label, score = data.Score;
        bool isVector = score.Type is VectorDataViewType;
        if (!isVector)
            ScoredData.Require(label.Type == NumberDataViewType.Single, label, "label", "Single", "give the rows as the model's Transform returns them");
        else if (label.Type == NumberDataViewType.Single && IsQuantiles(model))
            return QuantileEvaluation.Read(data);
        return !isVector ? NumberEvaluation.Read(model, data) : model.Meaning == ScoreMeaning.Probability ? LabelsEvaluation.Read(data)
            : OutputsEvaluation.Read(data);
    }

    private static bool IsQuantiles(SimpleNnRegressionModelParameters model) => model.SlotNames is { } names && names.All(name =>
        double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double probability) && probability is > 0 and < 1);
}
