using System.Globalization;
using System.Text;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Our error over that of the best of others, each the error of the median over the seeds.</summary>
internal static class Comparisons
{
    /// <summary>Less than one row of any data set here: an error of nothing counts as this.</summary>
    private const double LeastError = 1e-5;

    /// <summary>Our error over the least of the others'; null where either side has no result.</summary>
    public static double? Ratio(Figures figures, AccuracySet set, Measure measure, string ours, IEnumerable<string> others, int seeds)
    {
        double? own = Error(figures, set, measure, ours, seeds);
        double? best = others.Select(other => Error(figures, set, measure, other, seeds)).Where(error => error is not double.NaN).Min();
        return own / best;
    }

    /// <summary>The geometric means of the ratios by the first measures over ML.NET's own trainers, for each group, and the worst of them.</summary>
    public static string Describe(Figures figures, IReadOnlyList<AccuracySet> sets, IReadOnlyList<string> ours, int seeds)
    {
        var text = new StringBuilder();
        foreach (string name in ours)
        {
            foreach (IGrouping<string, AccuracySet> group in sets.GroupBy(set => set.Group))
            {
                (string Set, double Ratio)[] ratios = [.. Ratios(figures, group, name, seeds)];
                if (ratios.Length == 0) continue;
                double mean = Math.Exp(ratios.Average(pair => Math.Log(pair.Ratio)));
                (string worst, double most) = ratios.MaxBy(pair => pair.Ratio);
                text.Append(CultureInfo.InvariantCulture, $"- {name}, group {group.Key}: {mean:0.000} is the geometric mean of its error over that of the best of ML.NET's ")
                    .Append(CultureInfo.InvariantCulture, $"({string.Join(", ", Others.OfMLNet)}) on {ratios.Length} sets, below 1 on {ratios.Count(pair => pair.Ratio < 1)}; worst: {most:0.000} on {worst}\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Set, double Ratio)> Ratios(Figures figures, IEnumerable<AccuracySet> sets, string ours, int seeds)
    {
        foreach (AccuracySet set in sets)
        {
            if (Ratio(figures, set, set.Measures[0], ours, Others.OfMLNet, seeds) is { } ratio) yield return (set.Name, ratio);
        }
    }

    private static double? Error(Figures figures, AccuracySet set, Measure measure, string trainer, int seeds)
    {
        Figure[] found = figures.FindAll(set.Name, trainer, seeds, measure);
        return found.Length == 0 ? null : Math.Max(LeastError, measure.Error(Statistics.Median(found.Select(figure => figure.Value))));
    }
}
