using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>All results that are known; where there is a file, they are taken from it, and it gets each new one at once.</summary>
internal sealed class Figures
{
    private const string Header = "set\tgroup\ttrainer\tseed\tmeasure\tvalue\tseconds";

    private readonly string? _file;
    private readonly Dictionary<(string Set, string Trainer, int Seed, string Measure), Figure> _known = [];

    /// <param name="file">A file of lines with tabs, which need not be there yet; null for none.</param>
    /// <exception cref="FormatException">The file has another form.</exception>
    public Figures(string? file)
    {
        _file = file;
        if (file == null || !File.Exists(file)) return;
        foreach (string line in File.ReadLines(file).Where(line => line != Header)) Remember(Parse(line));
    }

    /// <summary>The trainers that there are results of.</summary>
    public IReadOnlySet<string> Trainers => _known.Keys.Select(key => key.Trainer).ToHashSet();

    /// <summary>A result; null where it is not known.</summary>
    public Figure? Find(string set, string trainer, int seed, Measure measure) => _known.GetValueOrDefault((set, trainer, seed, measure.Name));

    /// <summary>The results with the seeds from 0 on, of those that are known.</summary>
    public Figure[] FindAll(string set, string trainer, int seeds, Measure measure) =>
        [.. Enumerable.Range(0, seeds).Select(seed => Find(set, trainer, seed, measure)).OfType<Figure>()];

    /// <summary>Takes a result.</summary>
    public void Add(Figure figure)
    {
        Remember(figure);
        if (_file == null) return;
        string line = string.Create(CultureInfo.InvariantCulture, $"{figure.Set}\t{figure.Group}\t{figure.Trainer}\t{figure.Seed}\t{figure.Measure}\t{figure.Value:R}\t{figure.Seconds:0.000}\n");
        File.AppendAllText(_file, File.Exists(_file) ? line : $"{Header}\n{line}");
    }

    private void Remember(Figure figure) => _known[(figure.Set, figure.Trainer, figure.Seed, figure.Measure)] = figure;

    private static Figure Parse(string line) => line.Split('\t') is [string set, string group, string trainer, string seed, string measure, string value, string seconds]
        ? new Figure(set, group, trainer, int.Parse(seed, CultureInfo.InvariantCulture), measure, double.Parse(value, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture))
        : throw new FormatException($"This is no line of figures: '{line}'.");
}
