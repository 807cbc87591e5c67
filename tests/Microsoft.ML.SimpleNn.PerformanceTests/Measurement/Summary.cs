namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>What the comparisons of a workload gave: medians over quiet rounds, each side on the number of threads that suits it best.</summary>
internal sealed class Summary
{
    /// <summary>Fewer quiet rounds than this say nothing.</summary>
    private const int LeastQuietRounds = 3;

    private readonly List<(Contestant[] Contestants, Round[] Rounds)> _comparisons = [];
    private int _quiet, _attempts, _withoutQuiet;

    /// <summary>The rounds that count, those that were begun, and whether a comparison, of two sides on as many threads, had too few to count.</summary>
    public string Quiet => $"{_quiet} of {_attempts}" + (_withoutQuiet > 0 ? $" ({_withoutQuiet} without)" : "");

    /// <summary>Takes in what a comparison gave.</summary>
    /// <param name="contestants">The contestants.</param>
    /// <param name="quiet">The rounds that count.</param>
    /// <param name="attempts">All rounds that were begun, those that were dropped included.</param>
    public void Add(Contestant[] contestants, IReadOnlyCollection<Round> quiet, int attempts)
    {
        _quiet += quiet.Count;
        _attempts += attempts;
        if (quiet.Count >= LeastQuietRounds) _comparisons.Add((contestants, [.. quiet]));
        else _withoutQuiet++;
    }

    /// <summary>Seconds of a side's best; NaN where the side took no part or no round was quiet.</summary>
    public double Seconds(string side = Contestant.Ours) => Median(side, Threads(side));

    /// <summary>The threads of a side's best; 0 where there is none.</summary>
    public int Threads(string side = Contestant.Ours) =>
        _comparisons.SelectMany(comparison => comparison.Contestants).Where(contestant => contestant.Side == side)
            .Select(contestant => contestant.Threads).Distinct().OrderBy(threads => Median(side, threads)).FirstOrDefault();

    /// <summary>A side's time by ours, both at their best; within each round where both were in it. Above 1 we are ahead.</summary>
    public double Ratio(string side)
    {
        (int ours, int theirs) = (Threads(), Threads(side));
        double withinRounds = Statistics.Median(_comparisons.SelectMany(comparison =>
        {
            (int our, int their) = (Find(comparison.Contestants, Contestant.Ours, ours), Find(comparison.Contestants, side, theirs));
            return our < 0 || their < 0 ? [] : comparison.Rounds.Select(round => round.Seconds[their] / round.Seconds[our]);
        }));
        return double.IsNaN(withinRounds) ? Seconds(side) / Seconds() : withinRounds;
    }

    private double Median(string side, int threads) => Statistics.Median(_comparisons.SelectMany(comparison =>
        Find(comparison.Contestants, side, threads) is >= 0 and int found ? comparison.Rounds.Select(round => round.Seconds[found]) : []));

    private static int Find(Contestant[] contestants, string side, int threads) =>
        Array.FindIndex(contestants, contestant => contestant.Side == side && contestant.Threads == threads);
}
