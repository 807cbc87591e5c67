namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>A figure that a trainer is judged by.</summary>
/// <param name="Name">What it is.</param>
/// <param name="LowerIsBetter">Whether it is an error; otherwise 1 is perfect.</param>
internal sealed record Measure(string Name, bool LowerIsBetter = false)
{
    public static readonly Measure Accuracy = new("accuracy");
    public static readonly Measure BalancedAccuracy = new("balanced accuracy");
    public static readonly Measure Auc = new("AUC");
    public static readonly Measure F1 = new("F1");
    public static readonly Measure MacroF1 = new("macro F1");
    public static readonly Measure MicroF1 = new("micro F1");
    public static readonly Measure HammingLoss = new("Hamming loss", LowerIsBetter: true);
    public static readonly Measure LogLoss = new("log-loss", LowerIsBetter: true);
    public static readonly Measure CalibrationError = new("calibration error", LowerIsBetter: true);
    public static readonly Measure Rmse = new("RMSE", LowerIsBetter: true);
    public static readonly Measure R2 = new("R2");
    public static readonly Measure MeanRmse = new("mean RMSE", LowerIsBetter: true);
    public static readonly Measure MeanR2 = new("mean R2");

    private static readonly Measure[] Named = [Accuracy, BalancedAccuracy, Auc, F1, MacroF1, MicroF1, HammingLoss, Rmse, R2, MeanRmse, MeanR2];

    /// <summary>The measure that specs.json calls so, such as "balanced_accuracy".</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Measure Parse(string name) =>
        Array.Find(Named, measure => string.Equals(measure.Name, name.Replace('_', ' '), StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"There is no measure '{name}'.");

    /// <summary>What is wrong, 0 at best.</summary>
    public double Error(double value) => LowerIsBetter ? value : 1 - value;
}
