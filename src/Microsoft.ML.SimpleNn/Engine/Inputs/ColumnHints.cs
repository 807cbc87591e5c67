namespace Microsoft.ML.SimpleNn;

/// <summary>What is known of the features beforehand, from whoever made them.</summary>
/// <param name="IndicatorRanges">The first and the last feature of each range of one-hot slots, in pairs.</param>
/// <param name="IsNormalized">Whether each feature was brought to a scale before: that many have the same range then says nothing.</param>
internal sealed record ColumnHints(IReadOnlyList<int> IndicatorRanges, bool IsNormalized)
{
    /// <summary>Whether features may be missing, NaN. Default: true.</summary>
    public bool AcceptsMissing { get; init; } = true;

    /// <summary>
    /// Of each feature, 1 where the outputs may not fall as it grows, -1 where they may not rise, 0 where they may do either; null for 0 of all.
    /// </summary>
    public IReadOnlyList<int>? Directions { get; init; }

    /// <summary>Nothing is known.</summary>
    public static ColumnHints None { get; } = new([], IsNormalized: false);

    /// <summary>Which of so many features are one-hot slots.</summary>
    internal bool[] Indicators(int features)
    {
        var indicators = new bool[features];
        for (int i = 0; i + 1 < IndicatorRanges.Count; i += 2)
        {
            for (int feature = Math.Max(0, IndicatorRanges[i]); feature <= IndicatorRanges[i + 1] && feature < features; feature++) indicators[feature] = true;
        }

        return indicators;
    }
}
