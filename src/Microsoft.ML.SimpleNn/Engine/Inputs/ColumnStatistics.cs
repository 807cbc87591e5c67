namespace Microsoft.ML.SimpleNn;

/// <summary>What is measured of each feature over a set of rows, each row counting with its weight; values that are missing are left out.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations, of the population.</param>
/// <param name="Minimum">The smallest values.</param>
/// <param name="Maximum">The largest values.</param>
/// <param name="Missing">The fraction of the rows in which the value is missing, 0 to 1.</param>
/// <param name="Present">The fraction of the known values that are other than zero, where the rows are sparse; else 1.</param>
/// <param name="IsSparse">Whether most values are zero and stored as such.</param>
/// <param name="ValuesPerRow">The mean number of values other than zero in a row, where the rows are sparse.</param>
internal sealed record ColumnStatistics(
    double[] Mean, double[] Deviation, float[] Minimum, float[] Maximum, double[] Missing, double[] Present, bool IsSparse, double ValuesPerRow)
{
    /// <summary>The features.</summary>
    public int Count => Mean.Length;

    /// <summary>The root mean square of a feature's values other than zero.</summary>
    public double RootMeanSquareWherePresent(int feature) =>
        Present[feature] > 0 ? Math.Sqrt((Deviation[feature] * Deviation[feature] + Mean[feature] * Mean[feature]) / Present[feature]) : 0;

    /// <summary>
    /// Measures the features on several threads: each measures some of them, in the order of the rows, so that the bits are the same on any number.
    /// </summary>
    /// <param name="featureCount">The number of features.</param>
    /// <param name="threads">The threads, 1 or more.</param>
    /// <param name="measure">Measures a number of features from a first one on.</param>
    public static ColumnStatistics MeasureInParts(int featureCount, int threads, Func<int, int, ColumnStatistics> measure)
    {
        int width = (featureCount + threads - 1) / threads;
        var parts = new ColumnStatistics[(featureCount + width - 1) / width];
        OwnThreads.For(parts.Length, threads, part =>
            parts[part] = measure(part * width, Math.Min(width, featureCount - part * width)));
        return new(
            [.. parts.SelectMany(part => part.Mean)], [.. parts.SelectMany(part => part.Deviation)], [.. parts.SelectMany(part => part.Minimum)],
            [.. parts.SelectMany(part => part.Maximum)], [.. parts.SelectMany(part => part.Missing)], [.. parts.SelectMany(part => part.Present)],
            parts[0].IsSparse, parts[0].ValuesPerRow);
    }
}
