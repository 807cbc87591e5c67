using System.Diagnostics;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>
/// Times two contestants in short slices that alternate, so that whatever happens to the machine happens to both. A round, a slice of each,
/// counts only when all of it was quiet: the system gave the threads their cores at once, and the multiply-add rate before, between and
/// after the slices was near the processor's best. What is dropped is dropped for both sides.
/// </summary>
internal sealed class Comparison
{
    /// <summary>Long beside the clock's resolution, short beside the time that a busy system leaves a program alone.</summary>
    private const double SliceSeconds = 0.002;

    private const double WarmUpSeconds = 0.5;

    /// <summary>The multiply-add rate around a slice must reach this share of the best one seen.</summary>
    private const double QuietShare = 0.93;

    /// <summary>The share of a slice that the process's threads may have waited for a core.</summary>
    private const double QuietDelay = 0.02;

    /// <summary>The peer's threads spin for some milliseconds after their last loop, and would take a core from who comes next.</summary>
    private const int MillisecondsUntilThreadsPark = 10;

    private readonly FmaPeak _peak;
    private readonly Contestant[] _sides;

    /// <summary>How many runs fill a slice, for each side.</summary>
    private readonly int[] _runs;

    private readonly List<Round> _rounds = [];
    private int _attempts;

    /// <summary>Warms both sides up.</summary>
    /// <param name="peak">Measures the multiply-add rate on as many threads as the contestants use.</param>
    /// <param name="ours">Our side.</param>
    /// <param name="theirs">The peer's; null when there is none.</param>
    public Comparison(FmaPeak peak, Contestant ours, Contestant? theirs)
    {
        _peak = peak;
        _sides = theirs == null ? [ours] : [ours, theirs];
        _runs = Array.ConvertAll(_sides, WarmUp);
    }

    /// <summary>Runs rounds until enough of them were quiet.</summary>
    /// <param name="quietRounds">How many are enough.</param>
    /// <param name="maximumSeconds">When to stop all the same.</param>
    /// <returns>The medians over the quiet rounds.</returns>
    public Summary Run(int quietRounds, double maximumSeconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (_rounds.Count < quietRounds && Stopwatch.GetElapsedTime(start).TotalSeconds < maximumSeconds)
        {
            if (TryRound() is { } round) _rounds.Add(round);
            _rounds.RemoveAll(earlier => !IsQuiet(earlier.Peak)); // the best rate may have risen since
        }

        return new Summary(_rounds, _attempts);
    }

    /// <summary>A round; null as soon as something was not quiet.</summary>
    private Round? TryRound()
    {
        double[] seconds = [double.NaN, double.NaN];
        double slowest = double.MaxValue;
        int first = _attempts++ % _sides.Length;
        for (int i = 0; i < _sides.Length; i++)
        {
            int side = (first + i) % _sides.Length;
            slowest = Math.Min(slowest, _peak.Measure());
            if (!IsQuiet(slowest) || !TrySlice(side, out seconds[side])) return null;
        }

        slowest = Math.Min(slowest, _peak.Measure());
        return IsQuiet(slowest) ? new Round(seconds[0], seconds[1], slowest) : null;
    }

    private bool IsQuiet(double rate) => rate >= QuietShare * _peak.Best;

    private bool TrySlice(int side, out double seconds)
    {
        double delay = -RunDelay.Total();
        _sides[side].Run(); // wakes the threads and fills the caches
        seconds = Time(_sides[side], _runs[side]);
        delay += RunDelay.Total();
        Thread.Sleep(MillisecondsUntilThreadsPark);
        return delay <= QuietDelay * seconds * _runs[side];
    }

    /// <summary>Runs until the code is compiled at its best; returns how many runs fill a slice.</summary>
    private static int WarmUp(Contestant contestant)
    {
        double fastest = double.MaxValue;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds;)
            fastest = Math.Min(fastest, Time(contestant, 1));
        return Math.Max(1, (int)(SliceSeconds / fastest));
    }

    /// <summary>Seconds per run.</summary>
    private static double Time(Contestant contestant, int runs)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++) contestant.Run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }
}
