using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Tabular;

/// <summary>
/// Two answers to the question which features matter, side by side. Contributions say how far a feature moves the predictions. Permutation importance
/// says how much worse the predictions get when the feature's values change rows, and so needs labels. A feature can move predictions without making
/// them better: then the first is large and the second is not.
/// </summary>
internal static class Importance
{
    public static void Show(MLContext ml, RegressionPredictionTransformer<SimpleNnRegressionModelParameters> model, IDataView rows, string[] names,
        TextWriter output)
    {
        IReadOnlyList<FeatureImportance> contributions = model.Model.GetFeatureImportance(rows);
        var permuted = ml.Regression.PermutationFeatureImportance(model, rows);

        output.WriteLine("  What moves the value, on average, and what the predictions lose (RMSE) when a feature is shuffled:");
        output.WriteLine($"    {"",-12} {"moves by",10} {"shuffled",10}");
        foreach (FeatureImportance feature in contributions)
        {
            double rise = permuted[feature.Slot].RootMeanSquaredError.Mean;
            output.WriteLine($"    {names[feature.Slot],-12} {feature.MeanContribution,10:$#,0} {rise,10:+$#,0;-$#,0;$0}");
        }
    }
}
