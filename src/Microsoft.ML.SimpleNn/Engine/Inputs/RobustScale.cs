namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Centre and deviation of a feature, of which a few values far outside cannot take hold: values beyond the fences, 1.5 times the distance between the 5 % and
/// 95 % quantiles below and above them, are held to the fences first (winsorising; J. Tukey 1962, The Future of Data Analysis). Where nine values in ten are
/// the same, the quantiles are those of 1 % and 99 %, and where those are the same too, there are no fences.
/// </summary>
internal sealed class RobustScale
{
    private const double Fence = 1.5;

    private RobustScale(double centre, double deviation)
    {
        (Centre, Deviation) = (centre, deviation);
    }

    /// <summary>The mean of the values held to the fences.</summary>
    public double Centre { get; }

    /// <summary>Their standard deviation, of the population.</summary>
    public double Deviation { get; }

    /// <summary>What the input stage does to the feature.</summary>
    public InputColumn ToColumn(double largestMagnitude, double? bound) => Deviation > 0
        ? InputColumn.Of(ColumnKind.Number, Centre, Deviation, largestMagnitude, bound, hasMark: false)
        : InputColumn.Constant((float)Centre, hasMark: false);

    /// <summary>Measures values.</summary>
    /// <param name="values">The values, ascending.</param>
    /// <param name="weights">How much each counts, above 0.</param>
    internal static RobustScale Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        if (values.IsEmpty) return new(0, 0);
        double total = 0;
        foreach (float weight in weights) total += weight;
        (double low, double high) = (Quantile(values, weights, 0.05 * total), Quantile(values, weights, 0.95 * total));
        if (!(high > low)) (low, high) = (Quantile(values, weights, 0.01 * total), Quantile(values, weights, 0.99 * total));
        double reach = high > low ? Fence * (high - low) : double.PositiveInfinity, lowest = low - reach, highest = high + reach;

        double origin = low, sum = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double difference = Math.Clamp(values[i], lowest, highest) - origin;
            sum += weights[i] * difference;
            squares += weights[i] * difference * difference;
        }

        double mean = sum / total;
        return new(origin + mean, Math.Sqrt(Math.Max(0, squares / total - mean * mean)));
    }

    /// <summary>The value that so much of the weight lies at or below.</summary>
    private static double Quantile(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, double weight)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= weight) return values[i];
        }

        return values[^1];
    }
}
