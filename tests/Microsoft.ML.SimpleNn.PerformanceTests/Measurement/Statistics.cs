namespace Microsoft.ML.SimpleNn.PerformanceTests.Measurement;

/// <summary>What the figures are made with.</summary>
internal static class Statistics
{
    /// <summary>The median; NaN of nothing.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The k of y = c x^k: the slope of the line through the logarithms, by least squares.</summary>
    public static double Exponent(IReadOnlyList<(double X, double Y)> points)
    {
        double meanX = points.Average(point => Math.Log(point.X)), meanY = points.Average(point => Math.Log(point.Y));
        return points.Sum(point => (Math.Log(point.X) - meanX) * (Math.Log(point.Y) - meanY)) / points.Sum(point => Math.Pow(Math.Log(point.X) - meanX, 2));
    }
}
