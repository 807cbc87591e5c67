using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>
/// A long training run in slices: the rate and the memory should stay. The classes are easily told apart, so that gradients, and with them Adam's moments,
/// fall towards zero, where denormal numbers would slow the arithmetic. What the machine itself does at the end of each slice stands beside it, so that a change
/// of the rate can be told from a change of the machine.
/// </summary>
internal static class LongRunCommand
{
    public const string Help = """
        long: rows a second and memory over a long training run of 784-128-10, batch 128, Adam.
          --minutes N     how long; default: 2
          --slices N      how many lines; default: 12
        """;

    private const int Rows = 20_000;
    private const int Features = 784;
    private const int Classes = 10;
    private const int BatchSize = 128;

    /// <summary>Some 60 milliseconds of them, in which a core that slept is awake at last.</summary>
    private const int PeakAttempts = 20;

    /// <summary>Measures, and writes a table.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        double minutes = 2;
        int slices = 12;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--minutes") minutes = double.Parse(args[i + 1], CultureInfo.InvariantCulture);
            else if (args[i] == "--slices") slices = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            else throw new FormatException($"There is no option {args[i]}.");
        }

        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine($"{Features}-128-{Classes}, batch {BatchSize}, Adam, {minutes} minutes");
        output.WriteLine();
        output.WriteLine("| seconds | rows/s | resident memory, MB | managed memory, MB | write of a line another core read, ns | multiply-adds, GFLOP/s | without a core, s |");
        output.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        using var peak = new FmaPeak(Environment.ProcessorCount);
        using var sharedWrites = new SharedWrites(Environment.ProcessorCount);
        TimeSpan slice = TimeSpan.FromMinutes(minutes / slices);
        long start = Stopwatch.GetTimestamp(), sliceStart = start;
        int batches = 0;
        double delay = RunDelay.OfAllThreads();
        TrainingLoop.Run(Network.Create(Features, [128], Classes), CreateRows(), null, new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy,
            Optimizer = new AdamOptimizer(),
            NumberOfEpochs = int.MaxValue,
            BatchSize = BatchSize,
            TimeBudget = TimeSpan.FromMinutes(minutes),
            Poll = () =>
            {
                batches++;
                TimeSpan elapsed = Stopwatch.GetElapsedTime(sliceStart);
                if (elapsed < slice) return;
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, rowsPerSecond = (double)batches * Rows / BatchesPerEpoch / elapsed.TotalSeconds;
                double withoutCore = RunDelay.OfAllThreads() - delay;
                using Process process = Process.GetCurrentProcess();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {seconds:0} | {rowsPerSecond:N0} | {process.WorkingSet64 >> 20:N0} | {GC.GetTotalMemory(forceFullCollection: true) >> 20:N0} | {sharedWrites.Measure() * 1e9:0.0} | {Enumerable.Range(0, PeakAttempts).Max(_ => peak.Measure()):0} | {withoutCore:0.00} |"));
                (sliceStart, batches, delay) = (Stopwatch.GetTimestamp(), 0, RunDelay.OfAllThreads());
            },
        });
    }

    private static double BatchesPerEpoch => Math.Ceiling((double)Rows / BatchSize);

    private static DenseExamples CreateRows()
    {
        var random = new Random(1);
        float[] classes = [.. Enumerable.Range(0, Rows).Select(row => (float)(row % Classes))];
        float[] features = [.. classes.SelectMany(label => Enumerable.Range(0, Features).Select(i => random.NextSingle() + (i % Classes == (int)label ? 1 : 0)))];
        return new DenseExamples(features, Features, classes);
    }
}
