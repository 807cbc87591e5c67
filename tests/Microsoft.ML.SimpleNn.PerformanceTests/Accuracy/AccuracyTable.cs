using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The table in Markdown: a row for each data set, measure, and variant of ours.</summary>
/// <param name="figures">The results.</param>
/// <param name="ours">The names of our trainer with its variants.</param>
/// <param name="others">The names of the others that have a column.</param>
/// <param name="beside">The names of ours from other runs that have a column.</param>
/// <param name="seeds">The seeds that count, from 0.</param>
internal sealed class AccuracyTable(Figures figures, IReadOnlyList<string> ours, IReadOnlyList<string> others, IReadOnlyList<string> beside, int seeds)
{
    private bool HasNames => ours.Count > 1;

    private string[] Columns =>
    [
        "data", "group", "measure", .. HasNames ? ["trainer", "median (lowest to highest)"] : new[] { $"{ours[0]}, median (lowest to highest)" }, "seconds", .. others, .. beside, "error / best other's",
    ];

    /// <summary>What the rows of the data sets come to.</summary>
    public string Summary(IReadOnlyList<AccuracySet> sets) => string.Concat(ours.SelectMany(name =>
        beside.Select(other => Comparisons.Describe(figures, sets, name, [other], seeds)).Prepend(Comparisons.Describe(figures, sets, name, Others.OfMLNet, seeds))));

    /// <summary>The first two lines.</summary>
    public string Head => Line(Columns) + Line(Columns.Select((_, i) => i < (HasNames ? 4 : 3) ? "---" : "---:"));

    /// <summary>The rows of a data set.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="failures">What went wrong, by the trainer's name.</param>
    public string Rows(AccuracySet set, IReadOnlyDictionary<string, string> failures) =>
        string.Concat(ours.SelectMany(name => set.Measures.Select(measure => Row(set, measure, name, failures))));

    private string Row(AccuracySet set, Measure measure, string name, IReadOnlyDictionary<string, string> failures)
    {
        Figure[] found = figures.FindAll(set.Name, name, seeds, measure);
        string own = Median(found) is { } ownMedian
            ? $"{Number(ownMedian)} ({Number(found.Min(figure => figure.Value))} to {Number(found.Max(figure => figure.Value))})"
            : failures.GetValueOrDefault(name, "");
        string seconds = found.Length == 0 ? "" : Statistics.Median(found.Select(figure => figure.Seconds)).ToString("0.00", CultureInfo.InvariantCulture);
        IEnumerable<string> medians = others.Concat(beside).Select(other =>
            Median(figures.FindAll(set.Name, other, seeds, measure)) is { } median ? Number(median) : failures.GetValueOrDefault(other, ""));
        string ratio = Comparisons.Ratio(figures, set, measure, name, others, seeds)?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";
        return Line([set.Name, set.Group, measure.Name, .. HasNames ? [name] : Array.Empty<string>(), own, seconds, .. medians, ratio]);
    }

    private static double? Median(Figure[] found) => found.Length == 0 ? null : Statistics.Median(found.Select(figure => figure.Value));

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : Math.Abs(value) >= 10 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
