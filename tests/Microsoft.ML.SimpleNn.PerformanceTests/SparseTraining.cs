using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>Training on sparse rows of more and more features, each with as many values: the time of a row should stay.</summary>
internal static class SparseTraining
{
    private const int ValuesPerRow = 100;
    private const int HiddenUnits = 100;
    private static readonly int[] FeatureCounts = [10_000, 100_000, 1_000_000];

    /// <summary>Measures, and writes a table.</summary>
    public static void Run(Arguments arguments, TextWriter output)
    {
        output.WriteLine($"Machine: {Machine.Describe()}");
        output.WriteLine($"{arguments.Rows} rows of {ValuesPerRow} values, {HiddenUnits} hidden units, AdamW with cosine, {arguments.Epochs} epochs, {arguments.Threads[^1]} threads");
        output.WriteLine();
        output.WriteLine("| indices | batch | features | rows/s, best epoch | us a row, whole run | against the fewest features | largest memory so far, MB |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (bool zipf in new[] { false, true })
        {
            foreach (int batch in new[] { 128, 64 })
            {
                double fewest = double.NaN;
                foreach (int features in FeatureCounts)
                {
                    string name = zipf ? "Zipf" : "uniform";
                    if (!$"{name} {batch} {features}".Contains(arguments.Only, StringComparison.OrdinalIgnoreCase)) continue;
                    (double best, double whole) = Measure(features, zipf, batch, arguments);
                    if (double.IsNaN(fewest)) fewest = whole;
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"| {name} | {batch} | {features:N0} | {1 / best:N0} | {whole * 1e6:0.0} | {whole / fewest:0.00}x | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} |"));
                }
            }
        }
    }

    /// <summary>Seconds of a row in the best epoch after the first, and over the whole run with all that comes before and after.</summary>
    private static (double Best, double Whole) Measure(int features, bool zipf, int batch, Arguments arguments)
    {
        SparseExamples rows = SparseData.Create(arguments.Rows, features, ValuesPerRow, zipf);
        var epochs = new List<TimeSpan>();
        var clock = Stopwatch.StartNew();
        TrainingLoop.Run(Network.Create(features, [HiddenUnits], 2), rows, null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamWOptimizer { LearningRate = 0.001f, WeightDecay = 0.01f },
            LearningRateSchedule = LearningRateSchedule.Cosine,
            NumberOfEpochs = arguments.Epochs,
            BatchSize = batch,
            NumberOfThreads = arguments.Threads[^1],
            Progress = new EpochEnds(epochs),
        });
        double whole = clock.Elapsed.TotalSeconds;
        double best = epochs.Zip(epochs.Skip(1), (first, second) => (second - first).TotalSeconds).Min();
        return (best / arguments.Rows, whole / arguments.Rows / arguments.Epochs);
    }

    private sealed class EpochEnds(List<TimeSpan> ends) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => ends.Add(value.Elapsed);
    }
}
