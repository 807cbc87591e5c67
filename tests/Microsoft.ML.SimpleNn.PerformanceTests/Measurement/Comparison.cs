using System.Diagnostics;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// Times two contestants in short slices that alternate, so that whatever happens to the machine happens to both. A round, a slice of each,
/// counts only when both were quiet: the system gave the threads their cores, and the multiply-add rate before, between and after
/// them was near the processor's best. What is dropped is dropped for both sides.
/// </summary>
/// <param name="peak">Measures the multiply-add rate on as many threads as the contestants use.</param>
/// <param name="ours">Our side.</param>
/// <param name="theirs">The peer's; null when there is none.</param>
internal sealed class Comparison(FmaPeak peak, Contestant ours, Contestant? theirs)
{
    /// <summary>Long beside the clock's resolution, short beside the time that a busy system leaves a program alone.</summary>
    private const double SliceSeconds = 0.002;

    private const double WarmUpSeconds = 0.5;

    /// <summary>The multiply-add rate around a round must reach this share of the best one seen.</summary>
    private const double QuietShare = 0.93;

    /// <summary>The share of a slice that the process's threads may have waited for a core.</summary>
    private const double QuietDelay = 0.02;

    /// <summary>The peer's threads spin for some milliseconds after their last loop, and would take a core from who comes next.</summary>
    private const int MillisecondsUntilThreadsPark = 10;

    private readonly List<Round> _rounds = [];

    /// <summary>Runs rounds until enough of them were quiet.</summary>
    /// <param name="quietRounds">How many are enough.</param>
    /// <param name="maximumSeconds">When to stop all the same.</param>
    /// <returns>The medians over the quiet rounds.</returns>
    public Summary Run(int quietRounds, double maximumSeconds)
    {
        int ourRuns = WarmUp(ours);
        int theirRuns = theirs == null ? 0 : WarmUp(theirs);
        long start = Stopwatch.GetTimestamp();
        while (QuietRounds().Count < quietRounds && Stopwatch.GetElapsedTime(start).TotalSeconds < maximumSeconds)
            _rounds.Add(RunRound(ourRuns, theirRuns));
        return new Summary(QuietRounds(), _rounds.Count);
    }

    private List<Round> QuietRounds() => _rounds.FindAll(round => round.Undisturbed && round.Peak >= QuietShare * peak.Best);

    private Round RunRound(int ourRuns, int theirRuns)
    {
        bool oursFirst = _rounds.Count % 2 == 0;
        Slice mine = default, other = new(double.NaN, Undisturbed: true);
        double before = peak.Measure();
        if (oursFirst) mine = RunSlice(ours, ourRuns);
        else if (theirs != null) other = RunSlice(theirs, theirRuns);
        double between = peak.Measure();
        if (!oursFirst) mine = RunSlice(ours, ourRuns);
        else if (theirs != null) other = RunSlice(theirs, theirRuns);
        double after = peak.Measure();
        return new Round(mine.Seconds, other.Seconds, Math.Min(before, Math.Min(between, after)), mine.Undisturbed && other.Undisturbed);
    }

    /// <summary>Runs until the code is compiled at its best; returns how many runs fill a slice.</summary>
    private static int WarmUp(Contestant contestant)
    {
        int runs = 0;
        double fastest = double.MaxValue;
        for (long start = Stopwatch.GetTimestamp(); runs < 3 || Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds; runs++)
            fastest = Math.Min(fastest, Time(contestant, 1));
        return Math.Max(1, (int)(SliceSeconds / fastest));
    }

    private static Slice RunSlice(Contestant contestant, int runs)
    {
        double delayBefore = RunDelay.Total();
        contestant.Run(); // wakes the threads and fills the caches
        double seconds = Time(contestant, runs);
        double delay = RunDelay.Total() - delayBefore;
        Thread.Sleep(MillisecondsUntilThreadsPark);
        return new Slice(seconds, delay <= QuietDelay * seconds * runs);
    }

    /// <summary>Seconds per run.</summary>
    private static double Time(Contestant contestant, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++) contestant.Run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }
}
