namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Centre and deviation of a feature, of which a few values far outside cannot take hold: values beyond the fences, 1.5 times the distance between the 5 % and
/// 95 % quantiles below and above them, are held to the fences first (winsorising; J. Tukey 1962, The Future of Data Analysis). Where nine values in ten are
/// the same, the quantiles are those of 1 % and 99 %, and where those are the same too, there are no fences.
/// </summary>
internal sealed class RobustScale
{
    private const double Fence = 1.5;

    /// <summary>Values that are looked at, over all features, where there are more: evenly spaced rows, as many as quantiles are known well enough by.</summary>
    private const int MostValues = 1 << 20, FewestRows = 2000, MostRows = 20_000;

    private readonly bool _hasOtherValues;

    private RobustScale(double centre, double deviation, bool hasOtherValues)
    {
        (Centre, Deviation, _hasOtherValues) = (centre, deviation, hasOtherValues);
    }

    /// <summary>The mean of the values held to the fences.</summary>
    public double Centre { get; }

    /// <summary>Their standard deviation, of the population.</summary>
    public double Deviation { get; }

    /// <summary>Measures features.</summary>
    /// <param name="examples">The rows.</param>
    /// <param name="features">Which features.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    public static RobustScale[] Measure(ExampleSource examples, int[] features, int threads)
    {
        if (features.Length == 0) return [];
        ExampleSet sample = examples.Sample(seed: 0);
        int[] rows = Rows(sample.Count, features.Length);
        var scales = new RobustScale[features.Length];
        Parallel.For(0, features.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => scales[i] = Measure(sample, rows, features[i]));
        return scales;
    }

    /// <summary>Whether the feature has just two values, of which these are the smallest and the largest.</summary>
    public bool HasTwoValues(float smallest, float largest) => !_hasOtherValues && largest > smallest;

    /// <summary>What the input stage does to the feature.</summary>
    public InputColumn ToColumn(double largestMagnitude, double? bound, bool hasMark) => Deviation > 0
        ? InputColumn.Of(ColumnKind.Number, Centre, Deviation, largestMagnitude, bound, hasMark)
        : InputColumn.Constant((float)Centre, hasMark);

    private static int[] Rows(int count, int features)
    {
        int wanted = Math.Min(count, Math.Clamp(MostValues / features, FewestRows, MostRows));
        return [.. Enumerable.Range(0, wanted).Select(i => (int)((long)i * count / wanted))];
    }

    private static RobustScale Measure(ExampleSet sample, int[] rows, int feature)
    {
        var values = new float[rows.Length];
        var weights = new float[rows.Length];
        int known = 0;
        foreach (int row in rows)
        {
            float value = sample.Feature(row, feature);
            if (!float.IsNaN(value)) (values[known], weights[known++]) = (value, sample.Weight(row));
        }

        Array.Sort(values, weights, 0, known);
        return Of(values.AsSpan(0, known), weights.AsSpan(0, known));
    }

    /// <summary>Measures values.</summary>
    /// <param name="values">The values, ascending.</param>
    /// <param name="weights">How much each counts, above 0.</param>
    internal static RobustScale Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        if (values.IsEmpty) return new(0, 0, hasOtherValues: false);
        double total = 0;
        foreach (float weight in weights) total += weight;
        (double low, double high) = (Quantile(values, weights, 0.05 * total), Quantile(values, weights, 0.95 * total));
        if (!(high > low)) (low, high) = (Quantile(values, weights, 0.01 * total), Quantile(values, weights, 0.99 * total));
        double reach = high > low ? Fence * (high - low) : double.PositiveInfinity, lowest = low - reach, highest = high + reach;

        double origin = low, sum = 0, squares = 0;
        bool hasOtherValues = false;
        for (int i = 0; i < values.Length; i++)
        {
            hasOtherValues |= values[i] != values[0] && values[i] != values[^1];
            double difference = Math.Clamp(values[i], lowest, highest) - origin;
            sum += weights[i] * difference;
            squares += weights[i] * difference * difference;
        }

        double mean = sum / total;
        return new(origin + mean, Math.Sqrt(Math.Max(0, squares / total - mean * mean)), hasOtherValues);
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
