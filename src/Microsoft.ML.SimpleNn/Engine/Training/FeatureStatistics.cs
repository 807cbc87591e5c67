namespace Microsoft.ML.SimpleNn;

/// <summary>Mean, standard deviation and reach of each feature over a set of rows, each row counting with its weight.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations, of the population.</param>
/// <param name="Reach">The largest distance from the mean.</param>
/// <param name="Magnitude">The mean distance from what standardisation subtracts, the mean or, where sparse, zero; the deviation, which is never less, serves for it.</param>
/// <param name="IsSparse">Whether most values are zero and stored as such, so that the mean must not be subtracted.</param>
internal sealed record FeatureStatistics(double[] Mean, double[] Deviation, double[] Reach, double[] Magnitude, bool IsSparse)
{
    /// <summary>The statistics of all features from those of some each, in their order.</summary>
    public static FeatureStatistics Concatenate(FeatureStatistics[] parts) => new(
        [.. parts.SelectMany(part => part.Mean)], [.. parts.SelectMany(part => part.Deviation)], [.. parts.SelectMany(part => part.Reach)],
        [.. parts.SelectMany(part => part.Magnitude)], parts[0].IsSparse);
}
