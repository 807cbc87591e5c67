namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Some rows, evenly spaced, by whose values features are judged where that takes more than sums: as many as quantiles are known well enough by.
/// </summary>
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
    /// <param name="cuts">Into how many pieces they are cut.</param>
    /// <param name="threads">The threads to compute with, 1 or more.</param>
    public InputColumn[] Numbers(int[] features, ColumnStatistics statistics, double? bound, NumberCuts cuts, int threads)
    {
        var columns = new InputColumn[features.Length];
        ClassSteps? labels = cuts.Steps > 0 ? ClassSteps.Of(_examples, _rows, cuts.Classes) : null;
        OwnThreads.For(features.Length, threads, i =>
        {
            int feature = features[i];
            (float[] values, int[] rows) = Sorted(feature);
            float[] weights = Array.ConvertAll(rows, _examples.Weight);
            double magnitude = Math.Max(Math.Abs((double)statistics.Minimum[feature]), Math.Abs((double)statistics.Maximum[feature]));
            InputColumn column = RobustScale.Of(values, weights).ToColumn(magnitude, bound);
            if (column.Factor != 0)
            {
                List<(float Below, float Above)> found = labels?.Find(values, rows, cuts.Steps) ?? [];
                float[] inUnit = Array.ConvertAll(values, value => value * column.Unit);
                column = column with { Bins = InputBins.Measure(inUnit, weights, cuts.Pieces, InUnit(found, column.Unit)) };
            }

            columns[i] = column;
        });
        return columns;
    }

    /// <summary>Steps in the unit of the column, but for those between values too close to be told apart there.</summary>
    private static (float Below, float Above)[] InUnit(List<(float Below, float Above)> steps, float unit) =>
        [.. steps.Select(step => (Below: step.Below * unit, Above: step.Above * unit)).Where(step => float.IsFinite(1 / (step.Above - step.Below)))];

    /// <summary>The known values of a feature, ascending, and the row of each.</summary>
    private (float[] Values, int[] Rows) Sorted(int feature)
    {
        int[] known = Array.FindAll(_rows, row => !float.IsNaN(_examples.Feature(row, feature)));
        float[] values = Array.ConvertAll(known, row => _examples.Feature(row, feature));
        Array.Sort(values, known);
        return (values, known);
    }
}
