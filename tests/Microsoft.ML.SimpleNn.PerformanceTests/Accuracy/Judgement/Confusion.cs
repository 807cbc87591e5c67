using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Judgement;

/// <summary>Means over the classes that the tested rows have, from ML.NET's confusion matrix.</summary>
internal static class Confusion
{
    /// <summary>The mean recall.</summary>
    public static double BalancedAccuracy(ConfusionMatrix matrix) => Present(matrix).Average(i => matrix.PerClassRecall[i]);

    /// <summary>The mean F1; that of a class of which no row is found is 0.</summary>
    public static double MacroF1(ConfusionMatrix matrix) => Present(matrix).Average(i => F1(matrix.PerClassPrecision[i], matrix.PerClassRecall[i]));

    private static IEnumerable<int> Present(ConfusionMatrix matrix) => Enumerable.Range(0, matrix.NumberOfClasses).Where(i => matrix.Counts[i].Sum() > 0);

    private static double F1(double precision, double recall) => precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}
