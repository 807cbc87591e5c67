namespace DrawingLoad;

/// <summary>What a load has shown.</summary>
/// <param name="Wrong">Answers that were not, to the last digit, those that the drawings got alone.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Milliseconds">How long each request took, the shortest first.</param>
public sealed record LoadResult(int Wrong, TimeSpan Elapsed, IReadOnlyList<double> Milliseconds)
{
    /// <summary>The time that a part of the requests did not exceed.</summary>
    /// <param name="part">From 0 to 1.</param>
    public double Percentile(double part) => Milliseconds[Math.Min(Milliseconds.Count - 1, (int)(part * Milliseconds.Count))];
}
