using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>Training on sparse rows of more and more features, each with as many values: the time of a row should stay.</summary>
internal static class SparseTraining
{
    private const int ValuesPerRow = 100;
    private const int HiddenUnits = 100;
    private const int Rounds = 3;
    private static readonly int[] FeatureCounts = [10_000, 100_000, 1_000_000];

    /// <summary>Measures, and writes a table.</summary>
    public static void Run(Arguments arguments, TextWriter output)
    {
        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine($"{arguments.Rows} rows of {ValuesPerRow} values, {HiddenUnits} hidden units, AdamW with cosine, {arguments.Epochs} epochs, {arguments.Threads[^1]} threads, {Rounds} rounds: the best, and the median of the ratios within a round");
        output.WriteLine();
        output.WriteLine("| indices | batch | features | rows/s, best epoch | us a row, whole run | epoch, against the fewest features | whole run | largest memory so far, MB |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (bool zipf in new[] { false, true })
        {
            foreach (int batch in new[] { 128, 64 })
            {
                string name = zipf ? "Zipf" : "uniform";
                if ($"{name} {batch}".Contains(arguments.Only, StringComparison.OrdinalIgnoreCase)) Compare(name, zipf, batch, arguments, output);
            }
        }
    }

    /// <summary>Measures all numbers of features in turn, several times over: what else the machine does in a round slows them alike.</summary>
    private static void Compare(string name, bool zipf, int batch, Arguments arguments, TextWriter output)
    {
        var rounds = new (double Epoch, double Whole)[Rounds][];
        var memory = new long[FeatureCounts.Length];
        for (int round = 0; round < Rounds; round++)
        {
            rounds[round] = new (double, double)[FeatureCounts.Length];
            for (int i = 0; i < FeatureCounts.Length; i++)
            {
                rounds[round][i] = Measure(FeatureCounts[i], zipf, batch, arguments);
                if (round == 0) memory[i] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
            }
        }

        for (int i = 0; i < FeatureCounts.Length; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {batch} | {FeatureCounts[i]:N0} | {1 / rounds.Min(round => round[i].Epoch):N0} | {rounds.Min(round => round[i].Whole) * 1e6:0.0} " +
                $"| {Median(rounds.Select(round => round[i].Epoch / round[0].Epoch)):0.0}x | {Median(rounds.Select(round => round[i].Whole / round[0].Whole)):0.0}x | {memory[i]:N0} |"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
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
