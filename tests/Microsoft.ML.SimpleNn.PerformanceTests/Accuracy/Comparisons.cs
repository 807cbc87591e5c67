using System.Globalization;
using System.Text;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Our error over that of the best of others, each the error of the median over the seeds.</summary>
internal static class Comparisons
{
    /// <summary>Less than one row of any data set here: an error of nothing counts as this.</summary>
    private const double LeastError = 1e-5;

    /// <summary>Our error over the least of the others'; null where either side has no result, or the data set is not for others.</summary>
    public static double? Ratio(Figures figures, AccuracySet set, Measure measure, string ours, IEnumerable<string> others, int seeds)
    {
        if (!set.IsForOthers) return null;
        double? own = Error(figures, set, measure, ours, seeds);
        double? best = others.Select(other => Error(figures, set, measure, other, seeds)).Where(error => error is not double.NaN).Min();
        return own / best;
    }

    /// <summary>For each group, the geometric mean of the ratios by the first measures, and the worst of them; empty where there is nothing to compare with.</summary>
    public static string Describe(Figures figures, IReadOnlyList<AccuracySet> sets, string ours, IReadOnlyList<string> others, int seeds)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, AccuracySet> group in sets.GroupBy(set => set.Group))
        {
            (string Set, double Ratio)[] ratios = [.. Ratios(figures, group, ours, others, seeds)];
            if (ratios.Length == 0) continue;
            double mean = Math.Exp(ratios.Average(pair => Math.Log(pair.Ratio)));
            (string worst, double most) = ratios.MaxBy(pair => pair.Ratio);
            string whose = others.Count == 1 ? others[0] : $"the best of {string.Join(", ", others)}";
            text.Append(CultureInfo.InvariantCulture, $"- {ours}, group {group.Key}: {mean:0.000} is the geometric mean of its error over that of {whose} on {ratios.Length} sets, ")
                .Append(CultureInfo.InvariantCulture, $"below 1 on {ratios.Count(pair => pair.Ratio < 1)}; worst: {most:0.000} on {worst}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Set, double Ratio)> Ratios(Figures figures, IEnumerable<AccuracySet> sets, string ours, IReadOnlyList<string> others, int seeds)
    {
        foreach (AccuracySet set in sets)
        {
            if (Ratio(figures, set, set.Measures[0], ours, others, seeds) is { } ratio) yield return (set.Name, ratio);
        }
    }

    private static double? Error(Figures figures, AccuracySet set, Measure measure, string trainer, int seeds)
    {
        Figure[] found = figures.FindAll(set.Name, trainer, seeds, measure);
        return found.Length == 0 ? null : Math.Max(LeastError, measure.Error(Statistics.Median(found.Select(figure => figure.Value))));
    }
}
