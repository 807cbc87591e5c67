using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;
using Microsoft.ML.SimpleNn.PerformanceTests.Workloads;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>What all reports measure with.</summary>
internal sealed class Bench : IDisposable
{
    /// <summary>The runs after which the sides' results are compared: of a training step, the loss after so many steps.</summary>
    private const int RunsBeforeCheck = 3;

    private readonly Peaks _peaks = new();

    /// <summary>Looks for the peers.</summary>
    /// <param name="arguments">The command line.</param>
    public Bench(Arguments arguments)
    {
        Arguments = arguments;
        Peers = PeerLoader.Load(arguments.Python, out string[] missing);
        Missing = missing;
    }

    /// <summary>The command line.</summary>
    public Arguments Arguments { get; }

    /// <summary>Who else is there.</summary>
    public IPeer[] Peers { get; }

    /// <summary>Why others are not.</summary>
    public string[] Missing { get; }

    /// <summary>The most threads that are measured with.</summary>
    public int MostThreads => Arguments.Threads.Max();

    /// <summary>The machine's best multiply-add rate so far, on the most threads, in operations a second.</summary>
    public double Peak => PeakOf(MostThreads) * 1e9;

    /// <summary>The best multiply-add rate so far on so many threads, in GFLOP/s.</summary>
    public double PeakOf(int threads) => _peaks[threads].Best;

    /// <summary>Whether a shape was asked for.</summary>
    public bool Wants(string shape) => shape.Contains(Arguments.Shapes, StringComparison.Ordinal);

    /// <summary>Times a workload on every side that does it, with each number of threads.</summary>
    public Summary Compare(Workload workload)
    {
        var contestants = new List<Contestant>();
        foreach (int threads in Arguments.Threads) contestants.Add(workload.CreateOurs(threads));
        foreach (IPeer peer in Peers)
        {
            foreach (int threads in Arguments.Threads)
            {
                if (workload.CreateTheirs(peer, threads) is { } theirs) contestants.Add(theirs);
            }
        }

        return Compare(workload.Name, workload.Tolerance, [.. contestants]);
    }

    /// <summary>Times each contestant beside ours of as many threads, and disposes of them.</summary>
    /// <param name="name">The workload.</param>
    /// <param name="tolerance">The most that their results may differ, relative to the largest value.</param>
    /// <param name="contestants">The contestants.</param>
    public Summary Compare(string name, double tolerance, params Contestant[] contestants)
    {
        Console.Error.WriteLine(name);
        try
        {
            CheckAgreement(name, tolerance, contestants);
            var summary = new Summary();
            foreach (Contestant ours in contestants.Where(contestant => contestant.Side == Contestant.Ours))
            {
                Contestant[] others = [.. contestants.Where(other => other.Side != Contestant.Ours && other.Threads == ours.Threads)];
                IEnumerable<Contestant[]> meetings = others.Length == 0 ? [[ours]] : others.Select(other => (Contestant[])[ours, other]);
                foreach (Contestant[] meeting in meetings) new Comparison(_peaks, meeting).Run(Arguments.Rounds, Arguments.Seconds, summary);
            }

            return summary;
        }
        finally
        {
            foreach (Contestant contestant in contestants) contestant.Dispose();
            GC.Collect(); // a network of 4096 x 4096 and what Adam remembers of it take 270 MB a contestant
        }
    }

    /// <summary>Whether the cores are all free now.</summary>
    public bool IsQuiet() => Comparison.IsQuiet(_peaks[MostThreads].Measure(), _peaks[MostThreads]);

    /// <summary>Measures something that takes long by itself, and again as long as the machine was not quiet about it, but not for ever.</summary>
    /// <param name="threads">The threads that it uses.</param>
    /// <param name="measure">Gives seconds.</param>
    /// <returns>The fewest seconds.</returns>
    public double Fastest(int threads, Func<double> measure)
    {
        const int mostAttempts = 3;
        FmaPeak peak = _peaks[threads];
        double fastest = double.MaxValue;
        for (int attempt = 0; attempt < mostAttempts; attempt++)
        {
            double before = peak.Measure();
            fastest = Math.Min(fastest, measure());
            if (Comparison.IsQuiet(Math.Min(before, peak.Measure()), peak)) break;
        }

        return fastest;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _peaks.Dispose();
        foreach (IPeer peer in Peers) peer.Dispose();
    }

    /// <summary>Sides that do not compute the same thing have no business in one table.</summary>
    private static void CheckAgreement(string name, double tolerance, Contestant[] contestants)
    {
        float[]? expected = null;
        foreach (Contestant contestant in contestants.Where(contestant => contestant.Result != null))
        {
            contestant.Prepare?.Invoke();
            for (int i = 0; i < RunsBeforeCheck; i++) contestant.Run();
            float[] actual = contestant.Result!();
            expected ??= actual;
            double largest = expected.Max(value => (double)Math.Abs(value));
            double difference = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
            if (expected.Length != actual.Length || !(difference <= tolerance * largest))
                throw new InvalidOperationException($"{name}: {contestant.Side} differs by {difference}, with values up to {largest}.");
        }
    }
}
