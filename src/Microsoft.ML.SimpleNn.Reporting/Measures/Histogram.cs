namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How many numbers lie in each of some bins of equal width.</summary>
/// <param name="first">Where the first bin begins.</param>
/// <param name="last">Where the last bin ends; it belongs to the last bin.</param>
/// <param name="bins">The number of bins.</param>
internal sealed class Histogram(double first, double last, int bins = Histogram.UsualBins)
{
    public const int UsualBins = 40;

    /// <summary>The numbers in each bin.</summary>
    public long[] Counts { get; } = new long[bins];

    /// <summary>All numbers that were added.</summary>
    public long Total { get; private set; }

    /// <summary>The line along the tops of the bins.</summary>
    public IEnumerable<(double X, double Y)> Outline => Enumerable.Range(0, bins)
        .SelectMany(i => new[] { (Edge(i), (double)Counts[i]), (Edge(i + 1), Counts[i]) })
        .Prepend((first, 0)).Append((last, 0));

    /// <summary>A histogram of numbers, from the least to the largest.</summary>
    /// <param name="numbers">The numbers; those that are not finite are left out.</param>
    public static Histogram Of(IReadOnlyCollection<double> numbers)
    {
        double[] finite = [.. numbers.Where(double.IsFinite)];
        var histogram = Between(finite.Length == 0 ? 0 : finite.Min(), finite.Length == 0 ? 1 : finite.Max());
        foreach (double number in finite)
            histogram.Add(number);
        return histogram;
    }

    /// <summary>An empty histogram; where both ends are equal, some room is left on both sides.</summary>
    public static Histogram Between(double least, double largest)
    {
        if (least < largest)
            return new Histogram(least, largest);
        double room = least == 0 ? 1 : Math.Abs(least) / 10;
        return new Histogram(least - room, least + room);
    }

    /// <summary>Where a bin begins.</summary>
    public double Edge(int bin) => first + ((last - first) * bin / bins);

    /// <summary>Adds a number, which lies between both ends.</summary>
    public void Add(double number)
    {
        Counts[Math.Clamp((int)((number - first) / (last - first) * bins), 0, bins - 1)]++;
        Total++;
    }
}
