using System.Diagnostics;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// Times contestants in short slices that alternate, so that whatever happens to the machine happens to all. A round, a slice of each,
/// counts only when all of it was quiet: the system gave the threads their cores at once, and the multiply-add rate before and after
/// each slice was near the processor's best. What is dropped is dropped for all. Two at a time find more quiet rounds than many.
/// </summary>
internal sealed class Comparison
{
    /// <summary>Long beside the clock's resolution, short beside the time that a busy system leaves a program alone.</summary>
    private const double SliceSeconds = 0.002;

    private const double WarmUpSeconds = 0.25;

    /// <summary>A run that takes as long as this needs nothing before it to wake the threads and fill the caches.</summary>
    private const double LongRunSeconds = 0.02;

    /// <summary>The multiply-add rate around a slice must reach this share of the best one seen.</summary>
    private const double QuietShare = 0.9;

    /// <summary>The share of a slice that the process's threads may have waited for a core.</summary>
    private const double QuietDelay = 0.02;

    /// <summary>A peer's threads spin for some milliseconds after their last loop, and would take a core from who comes next.</summary>
    private const int MillisecondsUntilThreadsPark = 10;

    private readonly Peaks _peaks;
    private readonly Contestant[] _contestants;

    /// <summary>The fastest run of the warm-up, for each contestant: how many runs fill a slice follows from it.</summary>
    private readonly double[] _fastest;

    private readonly List<Round> _rounds = [];
    private int _attempts;

    /// <summary>Warms all contestants up.</summary>
    /// <param name="peaks">Measure the multiply-add rate.</param>
    /// <param name="contestants">Who is timed.</param>
    public Comparison(Peaks peaks, params Contestant[] contestants)
    {
        _peaks = peaks;
        _contestants = contestants;
        _fastest = Array.ConvertAll(contestants, WarmUp);
    }

    /// <summary>Whether a multiply-add rate is near the best, so that nobody else was using the cores.</summary>
    public static bool IsQuiet(double rate, FmaPeak peak) => rate >= QuietShare * peak.Best;

    /// <summary>Runs rounds until enough of them were quiet.</summary>
    /// <param name="quietRounds">How many are enough.</param>
    /// <param name="maximumSeconds">When to stop all the same.</param>
    /// <param name="summary">Takes the quiet rounds.</param>
    public void Run(int quietRounds, double maximumSeconds, Summary summary)
    {
        long start = Stopwatch.GetTimestamp();
        while (_rounds.Count < quietRounds && Stopwatch.GetElapsedTime(start).TotalSeconds < maximumSeconds)
        {
            if (TryRound() is { } round) _rounds.Add(round);
            _rounds.RemoveAll(earlier => !IsQuiet(earlier)); // the best rate may have risen since
        }

        summary.Add(_contestants, _rounds, _attempts);
    }

    /// <summary>A round; null as soon as something was not quiet.</summary>
    private Round? TryRound()
    {
        var round = new Round(new double[_contestants.Length], new double[_contestants.Length]);
        int first = _attempts++ % _contestants.Length;
        for (int i = 0; i < _contestants.Length; i++)
        {
            int next = (first + i) % _contestants.Length;
            if (!TrySlice(next, round)) return null;
        }

        return round;
    }

    private bool TrySlice(int index, Round round)
    {
        Contestant contestant = _contestants[index];
        FmaPeak peak = _peaks[contestant.Threads];
        contestant.Prepare?.Invoke();
        double rate = peak.Measure();
        if (!IsQuiet(rate, peak)) return false;

        double before = RunDelay.OfAllThreads();
        if (_fastest[index] < LongRunSeconds) RunFor(contestant, FmaPeak.WakingSeconds); // until the threads are awake and the caches filled
        int runs = Math.Max(1, (int)(SliceSeconds / _fastest[index]));
        double seconds = Time(contestant, runs);
        double own = RunDelay.OfThisThread();
        Thread.Sleep(MillisecondsUntilThreadsPark);

        // A delay is known when it has ended; what this thread waited for after its sleep does not count.
        double delay = RunDelay.OfAllThreads() - before - (RunDelay.OfThisThread() - own);
        rate = Math.Min(rate, peak.Measure());
        round.Seconds[index] = seconds / contestant.Repetitions;
        round.Rates[index] = rate;
        return delay <= QuietDelay * seconds * runs && IsQuiet(rate, peak);
    }

    private bool IsQuiet(Round round) => !_contestants.Where((contestant, i) => !IsQuiet(round.Rates[i], _peaks[contestant.Threads])).Any();

    /// <summary>Runs until the code is compiled at its best; returns the seconds of the fastest run.</summary>
    private static double WarmUp(Contestant contestant)
    {
        contestant.Prepare?.Invoke();
        return RunFor(contestant, WarmUpSeconds);
    }

    /// <summary>Runs for a time; returns the seconds of the fastest run.</summary>
    private static double RunFor(Contestant contestant, double seconds)
    {
        double fastest = double.MaxValue;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
            fastest = Math.Min(fastest, Time(contestant, 1));
        return fastest;
    }

    /// <summary>Seconds per run.</summary>
    private static double Time(Contestant contestant, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++) contestant.Run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }
}
