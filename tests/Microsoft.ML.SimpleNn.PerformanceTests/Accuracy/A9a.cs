using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Adult in 123 features of 0 and 1, in the sparse svmlight form.</summary>
internal sealed class A9a(string folder) : AccuracyTask("a9a", "a9a, tested on a9a.t", new Measure("accuracy", 0.848))
{
    private const int Features = 123;

    public override double[] Run(int seed, Action<SimpleNnOptionsBase> configure)
    {
        var ml = new MLContext(seed);
        var options = new SimpleNnBinaryTrainer.Options();
        configure(options);
        var model = ml.BinaryClassification.Trainers.SimpleNn(options).Fit(Read(ml, "a9a"));
        return [ml.BinaryClassification.Evaluate(model.Transform(Read(ml, "a9a.t"))).Accuracy];
    }

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
