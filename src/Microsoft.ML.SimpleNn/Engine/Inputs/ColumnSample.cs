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

    /// <summary>How many rows there would be if each were given as often as its weight is larger than the smallest: a weight is a number of rows.</summary>
    /// <param name="rows">The rows that there are.</param>
    public double RowsIfRepeated(long rows)
    {
        double smallest = double.PositiveInfinity, sum = 0;
        foreach (int row in _rows)
        {
            float weight = _examples.Weight(row);
            smallest = Math.Min(smallest, weight);
            sum += weight;
        }

        return _rows.Length == 0 ? rows : rows * (sum / (_rows.Length * smallest));
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

    /// <summary>What is done to features that are numbers.</summary>
    /// <param name="features">Which features.</param>
    /// <param name="statistics">What was measured of all rows.</param>
    /// <param name="bound">What their inputs stay below; null for no bound.</param>
    /// <param name="pieces">The most pieces of each; 0 for none.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    public InputColumn[] Numbers(int[] features, ColumnStatistics statistics, double? bound, int pieces, int threads)
    {
        var columns = new InputColumn[features.Length];
        OwnThreads.For(features.Length, threads, i =>
        {
            int feature = features[i];
            (float[] values, float[] weights) = Sorted(feature);
            double magnitude = Math.Max(Math.Abs((double)statistics.Minimum[feature]), Math.Abs((double)statistics.Maximum[feature]));
            InputColumn column = RobustScale.Of(values, weights).ToColumn(magnitude, bound);
            if (pieces > 0 && column.Factor != 0)
                column = column with { Bins = InputBins.Measure(Array.ConvertAll(values, value => value * column.Unit), weights, pieces) };
            columns[i] = column;
        });
        return columns;
    }

    /// <summary>The known values of a feature, ascending, and how much each counts.</summary>
    private (float[] Values, float[] Weights) Sorted(int feature)
    {
        int[] known = Array.FindAll(_rows, row => !float.IsNaN(_examples.Feature(row, feature)));
        float[] values = Array.ConvertAll(known, row => _examples.Feature(row, feature)), weights = Array.ConvertAll(known, _examples.Weight);
        Array.Sort(values, weights);
        return (values, weights);
    }
}
