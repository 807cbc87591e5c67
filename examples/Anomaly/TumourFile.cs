using System.Globalization;

namespace Anomaly;

/// <summary>
/// Breast Cancer Wisconsin (Diagnostic), wdbc.data of the UCI repository: a line is a number, M or B, and 30 measures of the cells of a
/// tumour. The benign ones are taken for normal, four in five of them to learn from; the malignant ones are the anomalies to be found.
/// </summary>
internal static class TumourFile
{
    private static readonly string[] Measures = ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry", "fractal dimension"];

    private static readonly string[] Names = [.. Measures.Select(name => $"mean {name}"), .. Measures.Select(name => $"deviation of {name}"), .. Measures.Select(name => $"worst {name}")];

    public static Observations Read(string path)
    {
        Observation[] rows = [.. File.ReadLines(path).Where(line => line.Length > 0).Select((line, i) => Parse(path, i + 1, line.Split(',')))];
        Observation[] benign = [.. rows.Where(row => row.IsAnomaly == 0)];
        Observation[] training = [.. benign.Where((_, i) => i % 5 != 0)];
        return new(Names, training, [.. rows.Except(training)], Contamination: 0.1, Encoder: [256, 64, 8]);
    }

    private static Observation Parse(string path, int line, string[] cells)
    {
        var features = new float[Names.Length];
        bool good = cells.Length == 2 + features.Length && cells[1] is "M" or "B";
        for (int i = 0; good && i < features.Length; i++)
            good = float.TryParse(cells[i + 2], NumberStyles.Float, CultureInfo.InvariantCulture, out features[i]);
        return good
            ? new Observation { IsAnomaly = cells[1] == "M" ? 1 : 0, Features = features }
            : throw new FormatException($"Line {line} of '{path}' is not a number, M or B, and {features.Length} measures, joined by commas, as in wdbc.data.");
    }
}
