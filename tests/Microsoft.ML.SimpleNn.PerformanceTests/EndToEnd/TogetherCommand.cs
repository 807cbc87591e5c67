using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>Several trainings at once, each with a thread for each core, against the same trainings one after the other. All give the weights of the first to the bit.</summary>
internal static class TogetherCommand
{
    public const string Help = """
        together: seconds of 1, 2, 4 and 8 trainings of 784-128-10, batch 128, Adam, one after the other and at once, each with all threads.
          --epochs N      epochs of each; default: 50
        """;

    private const int Rows = 10_000;
    private const int Features = 784;
    private const int Classes = 10;
    private const int BatchSize = 128;
    private static readonly int[] Trainings = [1, 2, 4, 8];

    /// <summary>Measures, and writes a table.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        int epochs = args switch
        {
            [] => 50,
            ["--epochs", string value] => int.Parse(value, CultureInfo.InvariantCulture),
            _ => throw new FormatException($"There is no option {args[0]}."),
        };
        Row[] rows = CreateRows();
        float[] alone = Train(rows, epochs); // warms up

        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine($"{Features}-128-{Classes}, Adam, batch {BatchSize}, {epochs} epochs of {Rows:N0} rows, {Environment.ProcessorCount} threads each");
        output.WriteLine();
        output.WriteLine("| trainings | seconds one after the other | seconds at once | at once / one after the other |");
        output.WriteLine("| ---: | ---: | ---: | ---: |");
        foreach (int trainings in Trainings)
        {
            double inTurn = Measure(trainings, rows, epochs, alone, atOnce: false), atOnce = Measure(trainings, rows, epochs, alone, atOnce: true);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trainings} | {inTurn:0.00} | {atOnce:0.00} | {atOnce / inTurn:0.00} |"));
        }
    }

    private static double Measure(int trainings, Row[] rows, int epochs, float[] alone, bool atOnce)
    {
        var weights = new float[trainings][];
        Thread[] threads = [.. Enumerable.Range(0, trainings).Select(i => new Thread(() => weights[i] = Train(rows, epochs)))];
        long start = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
        {
            thread.Start();
            if (!atOnce) thread.Join();
        }

        foreach (Thread thread in threads) thread.Join();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return weights.All(alone.SequenceEqual) ? seconds : throw new InvalidOperationException($"{trainings} trainings gave other weights than one alone.");
    }

    /// <summary>Returns the weights.</summary>
    private static float[] Train(Row[] rows, int epochs)
    {
        var ml = new MLContext(seed: 1);
        Network network = ml.MulticlassClassification.Trainers.SimpleNn(new SimpleNnMulticlassTrainer.Options
        {
            HiddenLayers = [128],
            Optimizer = new AdamOptimizer(),
            BatchSize = BatchSize,
            NumberOfEpochs = epochs,
            EarlyStopping = false,
            Seed = 1,
        }).Fit(ml.Data.LoadFromEnumerable(rows)).Model.Network;
        return [.. network.Layers.SelectMany(layer => layer.GetWeights().Concat(layer.GetBiases()))];
    }

    private static Row[] CreateRows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(row => new Row
        {
            Label = (uint)(row % Classes) + 1,
            Features = [.. Enumerable.Range(0, Features).Select(i => random.NextSingle() + (i % Classes == row % Classes ? 0.1f : 0))],
        })];
    }

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(TogetherCommand.Features)]
        public float[] Features { get; set; } = [];
    }
}
