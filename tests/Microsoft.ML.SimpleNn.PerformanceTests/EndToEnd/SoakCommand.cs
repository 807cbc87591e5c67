using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>Many threads, and many repetitions: everything is equal to what one thread gives, to the bit, and threads and memory come back to where they were.</summary>
internal sealed class SoakCommand
{
    public const string Help = """
        soak: 64 threads that score one model; 8 fits at once; fits, predictions and cancelled fits in turn: equal to one thread, and nothing left behind.
          --seconds N     how long the 64 threads score; default: 60
          --fits N        how many fits, and how many cancelled ones; default: 200
          --predictions N how many predictions; default: 1000000
        """;

    private const int ScoringThreads = 64, FitsAtOnce = 8, RoundsOfFits = 5, RowsPerBatch = 100;

    private readonly SoakProblem _problem = new();
    private readonly MulticlassPredictionTransformer<SimpleNnMulticlassModelParameters> _model;
    private readonly float[] _weights, _predictions;
    private readonly TextWriter _output;

    private SoakCommand(TextWriter output)
    {
        _output = output;
        _model = _problem.Fit();
        _weights = SoakProblem.WeightsOf(_model);
        _predictions = [.. _problem.Rows.SelectMany(row => _model.Model.Predict(row.Features))];
    }

    /// <summary>Does everything in turn, and writes a table.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        (int seconds, int fits, int predictions) = (60, 200, 1_000_000);
        for (int i = 0; i < args.Length; i += 2)
        {
            int value = i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                ? number : throw new FormatException($"{args[i]} takes a whole number above 0.");
            if (args[i] == "--seconds") seconds = value;
            else if (args[i] == "--fits") fits = value;
            else if (args[i] == "--predictions") predictions = value;
            else throw new FormatException($"There is no option {args[i]}.");
        }

        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine();
        output.WriteLine("| what | times | other bits | seconds | training threads before, after | all threads before, after | managed memory before, after, KB | resident memory before, after, MB |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var soak = new SoakCommand(output);
        soak.Measure($"{ScoringThreads} threads score one model", () => soak.ScoreAtOnce(TimeSpan.FromSeconds(seconds)));
        soak.Measure($"{FitsAtOnce} fits at once, {RoundsOfFits} times", soak.FitAtOnce);
        soak.Measure("fits in turn", () => Repeat(fits, soak.Fit));
        soak.Measure("predictions in turn", () => soak.Predict(predictions));
        soak.Measure("cancelled fits", () => soak.FitAndCancel(fits));
    }

    /// <summary>Does something once to warm up, and then with a look at the process before and after.</summary>
    private void Measure(string what, Func<(long Times, long Differences)> run)
    {
        Fit();
        Footprint before = Footprint.Measure();
        long start = Stopwatch.GetTimestamp();
        (long times, long differences) = run();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Footprint after = Footprint.Measure();
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {times:N0} | {differences:N0} | {seconds:0.0} | {before.Workers}, {after.Workers} | {before.Threads}, {after.Threads} | {before.ManagedKilobytes:N0}, {after.ManagedKilobytes:N0} | {before.ResidentMegabytes:N0}, {after.ResidentMegabytes:N0} |"));
    }

    /// <summary>Rows one by one and in batches, for a time.</summary>
    private (long, long) ScoreAtOnce(TimeSpan time)
    {
        long calls = 0, differences = 0, start = Stopwatch.GetTimestamp();
        OnThreads(ScoringThreads, thread =>
        {
            float[] scores = new float[RowsPerBatch * SoakProblem.Classes];
            for (int call = thread; Stopwatch.GetElapsedTime(start) < time; call++)
            {
                int rows = call % 10 == 0 ? RowsPerBatch : 1, first = call * 7 % (SoakProblem.RowCount - rows + 1);
                Span<float> actual = scores.AsSpan(0, rows * SoakProblem.Classes);
                _model.Model.Predict(_problem.AllFeatures.AsSpan(first * SoakProblem.Features, rows * SoakProblem.Features), rows, actual);
                if (!SameBits(_predictions.AsSpan(first * SoakProblem.Classes, actual.Length), actual)) Interlocked.Increment(ref differences);
                Interlocked.Increment(ref calls);
            }
        });
        return (calls, differences);
    }

    private (long, long) FitAtOnce()
    {
        long differences = 0;
        for (int round = 0; round < RoundsOfFits; round++)
        {
            OnThreads(FitsAtOnce, _ =>
            {
                if (!Fit()) Interlocked.Increment(ref differences);
            });
        }

        return (FitsAtOnce * RoundsOfFits, differences);
    }

    /// <summary>Trains, and compares the weights.</summary>
    private bool Fit() => SameBits(_weights, SoakProblem.WeightsOf(_problem.Fit()));

    /// <summary>By ML.NET's engine for one row at a time.</summary>
    private (long, long) Predict(int times)
    {
        using PredictionEngine<SoakProblem.Row, SoakProblem.Scored> engine = new MLContext().Model.CreatePredictionEngine<SoakProblem.Row, SoakProblem.Scored>(_model);
        var scored = new SoakProblem.Scored();
        int row = 0;
        return Repeat(times, () =>
        {
            row = (row + 1) % SoakProblem.RowCount;
            engine.Predict(_problem.Rows[row], ref scored);
            return SameBits(_predictions.AsSpan(row * SoakProblem.Classes, SoakProblem.Classes), scored.Score);
        });
    }

    /// <summary>Cancels at random moments of a fit; one that was done before is not counted.</summary>
    private (long Cancelled, long Differences) FitAndCancel(int times)
    {
        var random = new Random(1);
        long start = Stopwatch.GetTimestamp(), cancelled = 0, differences = 0;
        if (!Fit()) differences++;
        TimeSpan longest = Stopwatch.GetElapsedTime(start);
        while (cancelled < times)
        {
            using var cancellation = new CancellationTokenSource(longest * random.NextDouble());
            try
            {
                // Of a training that has ended an epoch there is a model.
                if (_problem.Fit(cancellation.Token).Model.TrainingHistory.StopReason == StopReason.Cancelled) cancelled++;
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }
        }

        return (cancelled, Fit() ? differences : differences + 1);
    }

    private static (long, long) Repeat(int times, Func<bool> isEqual)
    {
        long differences = 0;
        for (int i = 0; i < times; i++) differences += isEqual() ? 0 : 1;
        return (times, differences);
    }

    private static void OnThreads(int count, Action<int> run)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() => run(i)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    private static bool SameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual));
}
