namespace Microsoft.ML.SimpleNn;

/// <summary>Some rows, evenly spaced, by whose values features are judged where that takes more than sums: as many as quantiles are known well enough by.</summary>
internal sealed class ColumnSample
{
    private const int MostValues = 1 << 20, FewestRows = 2000, MostRows = 20_000;

    private readonly ExampleSet _examples;
    private readonly int[] _rows;

    private ColumnSample(ExampleSet examples, int[] rows)
    {
        _examples = examples;
        _rows = rows;
    }

    /// <summary>Takes rows.</summary>
    /// <param name="examples">All rows.</param>
    /// <param name="features">How many features will be looked at.</param>
    public static ColumnSample Of(ExampleSource examples, int features)
    {
        ExampleSet stored = features == 0 && examples is not ExampleSet ? new DenseExamples([], 1, []) : examples.Sample(seed: 0);
        int wanted = Math.Min(stored.Count, Math.Clamp(MostValues / Math.Max(1, features), FewestRows, MostRows));
        return new ColumnSample(stored, [.. Enumerable.Range(0, wanted).Select(i => (int)((long)i * stored.Count / wanted))]);
    }

    /// <summary>Whether each known value of a feature is one of two.</summary>
    public bool HasOnly(int feature, float one, float other)
    {
        foreach (int row in _rows)
        {
            float value = _examples.Feature(row, feature);
            if (value != one && value != other && !float.IsNaN(value)) return false;
        }

        return true;
    }

    /// <summary>Centre and deviation of features.</summary>
    /// <param name="features">Which features.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    public RobustScale[] Scales(int[] features, int threads)
    {
        var scales = new RobustScale[features.Length];
        Parallel.For(0, features.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => scales[i] = Scale(features[i]));
        return scales;
    }

    private RobustScale Scale(int feature)
    {
        var values = new float[_rows.Length];
        var weights = new float[_rows.Length];
        int known = 0;
        foreach (int row in _rows)
        {
            float value = _examples.Feature(row, feature);
            if (!float.IsNaN(value)) (values[known], weights[known++]) = (value, _examples.Weight(row));
        }

        Array.Sort(values, weights, 0, known);
        return RobustScale.Of(values.AsSpan(0, known), weights.AsSpan(0, known));
    }
}
