using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The table in Markdown: a row for each data set, measure, and variant of ours.</summary>
/// <param name="figures">The results.</param>
/// <param name="ours">The names of our trainer with its variants.</param>
/// <param name="others">The names of the others that have a column.</param>
/// <param name="seeds">The seeds that count, from 0.</param>
internal sealed class AccuracyTable(Figures figures, IReadOnlyList<string> ours, IReadOnlyList<string> others, int seeds)
{
    private string[] Columns => ["data", "group", "measure", .. ours.Count > 1 ? ["trainer"] : Array.Empty<string>(), ours.Count > 1 ? "median (lowest to highest)" : $"{ours[0]}, median (lowest to highest)", "seconds", .. others, "error / best other's"];

    /// <summary>The names of our trainer with its variants.</summary>
    public IReadOnlyList<string> Ours => ours;

    /// <summary>The first two lines.</summary>
    public string Head => Line(Columns) + Line(Columns.Select((_, i) => i < (ours.Count > 1 ? 4 : 3) ? "---" : "---:"));

    /// <summary>The rows of a data set.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="failures">What went wrong, by the trainer's name.</param>
    public string Rows(AccuracySet set, IReadOnlyDictionary<string, string> failures) =>
        string.Concat(ours.SelectMany(name => set.Measures.Select(measure => Row(set, measure, name, failures))));

    private string Row(AccuracySet set, Measure measure, string name, IReadOnlyDictionary<string, string> failures)
    {
        Figure[] found = figures.FindAll(set.Name, name, seeds, measure);
        IEnumerable<string> beside = others.Select(other => Median(figures.FindAll(set.Name, other, seeds, measure)) is { } median ? Number(median) : failures.GetValueOrDefault(other, ""));
        string own = found.Length == 0 ? failures.GetValueOrDefault(name, "") : $"{Number(Median(found)!.Value)} ({Number(found.Min(figure => figure.Value))} to {Number(found.Max(figure => figure.Value))})";
        string seconds = found.Length == 0 ? "" : Statistics.Median(found.Select(figure => figure.Seconds)).ToString("0.00", CultureInfo.InvariantCulture);
        string ratio = Comparisons.Ratio(figures, set, measure, name, others, seeds) is { } value ? value.ToString("0.000", CultureInfo.InvariantCulture) : "";
        return Line([set.Name, set.Group, measure.Name, .. ours.Count > 1 ? [name] : Array.Empty<string>(), own, seconds, .. beside, ratio]);
    }

    private static double? Median(Figure[] found) => found.Length == 0 ? null : Statistics.Median(found.Select(figure => figure.Value));

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : Math.Abs(value) >= 10 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
