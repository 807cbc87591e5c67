namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>The medians of a comparison; NaN where there is nothing to take one of.</summary>
/// <param name="Quiet">The rounds that count.</param>
/// <param name="Attempts">All rounds that were begun, those that were dropped included.</param>
internal sealed record Summary(IReadOnlyList<Round> Quiet, int Attempts)
{
    /// <summary>Seconds of one run of ours.</summary>
    public double Ours { get; } = Median(Quiet.Select(round => round.Ours));

    /// <summary>Seconds of one run of the peer's.</summary>
    public double Theirs { get; } = Median(Quiet.Select(round => round.Theirs));

    /// <summary>The peer's time by ours, within each round: above 1 we are ahead.</summary>
    public double Ratio { get; } = Median(Quiet.Select(round => round.Theirs / round.Ours));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
