namespace Microsoft.ML.SimpleNn;

/// <summary>Mean, standard deviation and reach of each feature over a set of rows, each row counting with its weight.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations, of the population.</param>
/// <param name="Reach">The largest distance from the mean.</param>
/// <param name="Magnitude">The mean distance from what standardisation subtracts, the mean or, where sparse, zero; the deviation, which is never less, serves for it.</param>
/// <param name="IsSparse">Whether most values are zero and stored as such, so that the mean must not be subtracted.</param>
internal sealed record FeatureStatistics(double[] Mean, double[] Deviation, double[] Reach, double[] Magnitude, bool IsSparse)
{
    /// <summary>Measures the features on several threads: each measures some of them, in the order of the rows, so that the bits are the same on any number.</summary>
    /// <param name="featureCount">The number of features.</param>
    /// <param name="threads">The threads, 1 or more.</param>
    /// <param name="measure">Measures a number of features from a first one on.</param>
    public static FeatureStatistics MeasureInParts(int featureCount, int threads, Func<int, int, FeatureStatistics> measure)
    {
        int width = (featureCount + threads - 1) / threads;
        var parts = new FeatureStatistics[(featureCount + width - 1) / width];
        Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
            parts[part] = measure(part * width, Math.Min(width, featureCount - part * width)));
        return Concatenate(parts);
    }

    private static FeatureStatistics Concatenate(FeatureStatistics[] parts) => new(
        [.. parts.SelectMany(part => part.Mean)], [.. parts.SelectMany(part => part.Deviation)], [.. parts.SelectMany(part => part.Reach)],
        [.. parts.SelectMany(part => part.Magnitude)], parts[0].IsSparse);
}
