namespace Microsoft.ML.SimpleNn;

/// <summary>What is measured of each feature over a set of rows, each row counting with its weight; values that are missing are left out.</summary>
internal sealed record ColumnStatistics
{
    /// <summary>The means.</summary>
    public required double[] Mean { get; init; }

    /// <summary>The standard deviations, of the population.</summary>
    public required double[] Deviation { get; init; }

    /// <summary>The smallest values.</summary>
    public required float[] Minimum { get; init; }

    /// <summary>The largest values.</summary>
    public required float[] Maximum { get; init; }

    /// <summary>The fraction of the rows in which the value is missing, 0 to 1.</summary>
    public required double[] Missing { get; init; }

    /// <summary>The fraction of the known values that are other than zero, where the rows are sparse; else 1.</summary>
    public required double[] Present { get; init; }

    /// <summary>Whether most values are zero and stored as such.</summary>
    public required bool IsSparse { get; init; }

    /// <summary>The mean number of values other than zero in a row, where the rows are sparse.</summary>
    public required double ValuesPerRow { get; init; }

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
        return new ColumnStatistics
        {
            Mean = [.. parts.SelectMany(part => part.Mean)],
            Deviation = [.. parts.SelectMany(part => part.Deviation)],
            Minimum = [.. parts.SelectMany(part => part.Minimum)],
            Maximum = [.. parts.SelectMany(part => part.Maximum)],
            Missing = [.. parts.SelectMany(part => part.Missing)],
            Present = [.. parts.SelectMany(part => part.Present)],
            IsSparse = parts[0].IsSparse,
            ValuesPerRow = parts[0].ValuesPerRow,
        };
    }
}
