using Microsoft.ML.Data;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Coverage;

/// <summary>What one model says of the test rows of a split.</summary>
/// <param name="TrainingRows">The rows that it was trained on.</param>
/// <param name="TestRows">The rows that it was tested on.</param>
/// <param name="Coverage">The part of the test rows whose interval, or prediction set, has the label.</param>
/// <param name="Size">The width of the interval in the unit of the label, or the mean number of classes in a set.</param>
/// <param name="What">What was measured: interval or set.</param>
internal sealed record CoveredRows(int TrainingRows, int TestRows, double Coverage, double Size, string What)
{
    /// <summary>The part of the sets that are empty.</summary>
    public double Empty { get; private init; }

    /// <summary>The part of the rows whose predicted class is right.</summary>
    public double? Accuracy { get; private init; }

    /// <summary>Trains with one seed, on each split of a set, and measures.</summary>
    public static IEnumerable<CoveredRows> Measure(AccuracySet set, CoverageArguments arguments, int seed)
    {
        var ml = new MLContext(seed);
        return set.Split(ml, seed).Select(split => set.Problem == Problem.Regression ? Intervals(ml, split, arguments) : Sets(ml, split, arguments));
    }

    private static CoveredRows Intervals(MLContext ml, Split split, CoverageArguments arguments)
    {
        var options = new SimpleNnRegressionTrainer.Options { IntervalCoverage = arguments.Coverage, EnsembleSize = arguments.Networks };
        var model = ml.Regression.Trainers.SimpleNn(options).Fit(split.Train);
        IDataView scored = model.Transform(split.Test);
        float[] labels = [.. scored.GetColumn<float>("Label")], lower = [.. scored.GetColumn<float>("ScoreLower")], upper = [.. scored.GetColumn<float>("ScoreUpper")];
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(row => !float.IsNaN(labels[row]))];
        double coverage = known.Average(row => lower[row] <= labels[row] && labels[row] <= upper[row] ? 1.0 : 0);
        return new(split.Train.GetColumn<float>("Label").Count(), known.Length, coverage, 2 * model.Model.Interval!.Value.HalfWidth, "interval");
    }

    private static CoveredRows Sets(MLContext ml, Split split, CoverageArguments arguments)
    {
        var options = new SimpleNnMulticlassTrainer.Options { PredictionSetCoverage = arguments.Coverage, EnsembleSize = arguments.Networks };
        IDataView scored = ml.MulticlassClassification.Trainers.SimpleNn(options).Fit(split.Train).Transform(split.Test);
        uint[] labels = [.. scored.GetColumn<uint>("Label")], predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        bool[][] sets = [.. scored.GetColumn<bool[]>("PredictionSet")];
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] != 0)];
        double coverage = known.Average(row => sets[row][labels[row] - 1] ? 1.0 : 0), size = known.Average(row => sets[row].Count(isIn => isIn));
        double empty = known.Average(row => sets[row].Contains(true) ? 0.0 : 1), accuracy = known.Average(row => predicted[row] == labels[row] ? 1.0 : 0);
        return new(split.Train.GetColumn<uint>("Label").Count(), known.Length, coverage, size, "set") { Empty = empty, Accuracy = accuracy };
    }
}
