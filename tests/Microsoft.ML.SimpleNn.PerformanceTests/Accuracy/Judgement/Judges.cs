using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;

/// <summary>Judges scored rows by the evaluators of ML.NET and of this library; what they do not have is computed here from what they give.</summary>
internal static class Judges
{
    /// <summary>All measures of a problem.</summary>
    public static IReadOnlyDictionary<Measure, double> Judge(MLContext ml, Problem problem, IDataView scored) => problem switch
    {
        Problem.Binary => Binary(ml, scored),
        Problem.Multiclass => Multiclass(ml, scored),
        Problem.Regression => Regression(ml.Regression.Evaluate(scored)),
        Problem.Labels => Labels(ml, scored),
        _ => Outputs(ml, scored),
    };

    private static Dictionary<Measure, double> Binary(MLContext ml, IDataView scored)
    {
        CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(scored);
        var calibration = new Calibration();
        foreach ((bool label, float yes) in scored.GetColumn<bool>("Label").Zip(scored.GetColumn<float>("Probability"))) calibration.Add(Math.Max(yes, 1 - yes), yes >= 0.5f == label);
        return new Dictionary<Measure, double>
        {
            [Measure.Accuracy] = metrics.Accuracy,
            [Measure.Auc] = metrics.AreaUnderRocCurve,
            [Measure.F1] = metrics.F1Score,
            [Measure.BalancedAccuracy] = Confusion.BalancedAccuracy(metrics.ConfusionMatrix),
            [Measure.MacroF1] = Confusion.MacroF1(metrics.ConfusionMatrix),
            [Measure.LogLoss] = metrics.LogLoss * Math.Log(2), // ML.NET counts it in bits here, and with several classes not
            [Measure.CalibrationError] = calibration.Error,
        };
    }

    private static Dictionary<Measure, double> Multiclass(MLContext ml, IDataView scored)
    {
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored);
        var calibration = new Calibration();
        foreach ((uint label, float[] scores) in scored.GetColumn<uint>("Label").Zip(scored.GetColumn<float[]>("Score")))
        {
            float top = scores.Max();
            calibration.Add(top, Array.IndexOf(scores, top) + 1 == label);
        }

        return new Dictionary<Measure, double>
        {
            [Measure.Accuracy] = metrics.MicroAccuracy,
            [Measure.BalancedAccuracy] = Confusion.BalancedAccuracy(metrics.ConfusionMatrix),
            [Measure.MacroF1] = Confusion.MacroF1(metrics.ConfusionMatrix),
            [Measure.LogLoss] = metrics.LogLoss,
            [Measure.CalibrationError] = calibration.Error,
        };
    }

    private static Dictionary<Measure, double> Regression(RegressionMetrics metrics) =>
        new() { [Measure.Rmse] = metrics.RootMeanSquaredError, [Measure.R2] = metrics.RSquared };

    private static Dictionary<Measure, double> Labels(MLContext ml, IDataView scored)
    {
        var metrics = ml.Regression.EvaluateLabels(scored);
        return new Dictionary<Measure, double> { [Measure.MicroF1] = metrics.MicroF1Score, [Measure.MacroF1] = metrics.MacroF1Score, [Measure.HammingLoss] = metrics.HammingLoss };
    }

    private static Dictionary<Measure, double> Outputs(MLContext ml, IDataView scored)
    {
        var outputs = ml.Regression.EvaluateOutputs(scored).Outputs;
        return new Dictionary<Measure, double> { [Measure.MeanRmse] = outputs.Average(output => output.RootMeanSquaredError), [Measure.MeanR2] = outputs.Average(output => output.RSquared) };
    }
}
