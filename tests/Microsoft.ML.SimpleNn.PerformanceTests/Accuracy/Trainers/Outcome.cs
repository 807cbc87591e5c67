namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>What a trainer reached with one seed.</summary>
/// <param name="Values">The measures; means over the folds, where there are several.</param>
/// <param name="Seconds">The time of Fit, with rows that were read before; of all folds together.</param>
internal sealed record Outcome(IReadOnlyDictionary<Measure, double> Values, double Seconds)
{
    /// <summary>Means over folds.</summary>
    public static Outcome OfFolds(IReadOnlyList<Outcome> folds) =>
        new(folds[0].Values.Keys.ToDictionary(measure => measure, measure => folds.Average(fold => fold.Values[measure])), folds.Sum(fold => fold.Seconds));
}
