using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>Adult in 123 features of 0 and 1, in the sparse svmlight form.</summary>
internal sealed class A9a(string folder) : AccuracySet("a9a", Confirm, Problem.Binary, Measure.Accuracy, Measure.Auc, Measure.LogLoss, Measure.CalibrationError)
{
    private const int Features = 123;

    public override IReadOnlyList<Split> Split(MLContext ml, int seed) => [Sets.Split.Create(ml, Read(ml, "a9a"), Read(ml, "a9a.t"))];

    /// <summary>Read here, because ML.NET's loader of this form takes the blank at the end of a line for one more feature.</summary>
    private IDataView Read(MLContext ml, string file) =>
        ml.Data.LoadFromEnumerable(File.ReadLines(Path.Combine(folder, "a9a", file)).Select(Parse).ToArray());

    private static Row Parse(string line)
    {
        string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[][] pairs = [.. cells.Skip(1).Select(cell => cell.Split(':'))];
        int[] indices = [.. pairs.Select(pair => int.Parse(pair[0], CultureInfo.InvariantCulture) - 1)];
        float[] values = [.. pairs.Select(pair => float.Parse(pair[1], CultureInfo.InvariantCulture))];
        return new Row { Label = cells[0] == "+1", Features = new VBuffer<float>(Features, values.Length, values, indices) };
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        [VectorType(A9a.Features)]
        public VBuffer<float> Features { get; set; }
    }
}
