namespace Microsoft.ML.SimpleNn;

/// <summary>
/// Where a number's value says most about the classes: thresholds as a decision tree on that number alone finds them, each the best split of a part of the
/// rows, the best part first
/// (L. Breiman et al. 1984, Classification and Regression Trees; for inputs of networks, Gorishniy et al. 2022). Such a value, above which a duty is due or a
/// dose is harmful, may lie where few rows
/// are, so that quantiles miss it.
/// </summary>
/// <remarks>
/// A split is judged by Pearson's chi-square of its two parts against the classes (G. Kass 1980, An Exploratory Technique for Investigating Large Quantities
/// of Categorical Data): with S the weights of
/// a part's classes, W their sum and p the classes' shares of all rows, it is what the sum of S^2 / (p W) gains.
/// </remarks>
internal sealed class ClassSteps
{
    /// <summary>What a split must have above what chance gives, in standard deviations.</summary>
    private const double Deviations = 3;

    /// <summary>Fewer rows on a side are no rule.</summary>
    private const double FewestRows = 8;

    private readonly ExampleSet _examples;
    private readonly double[] _inverseShare;
    private readonly double _rowsOfWeight, _significant;

    private ClassSteps(ExampleSet examples, double[] inverseShare, double rowsOfWeight)
    {
        (_examples, _inverseShare, _rowsOfWeight) = (examples, inverseShare, rowsOfWeight);
        double freedom = Math.Max(1, inverseShare.Count(inverse => inverse > 0) - 1), ninth = 2 / (9 * freedom);
        // A quantile of chi-square as the cube of a normal one (E. B. Wilson, M. M. Hilferty 1931, The Distribution of Chi-Square).
        double root = 1 - ninth + Deviations * Math.Sqrt(ninth);
        _significant = freedom * root * root * root;
    }

    /// <summary>Measures the classes of rows.</summary>
    /// <param name="examples">The rows' storage.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>What finds steps; null where there is nothing to be found, or a target is no class.</returns>
    public static ClassSteps? Of(ExampleSet examples, int[] rows, int classes)
    {
        if (rows.Length == 0) return null;
        double[] sums = new double[classes];
        double smallestWeight = double.PositiveInfinity, total = 0;
        foreach (int row in rows)
        {
            float target = examples.Target(row);
            if (!(target >= 0 && target < classes && target == MathF.Floor(target))) return null;
            double weight = examples.Weight(row);
            smallestWeight = Math.Min(smallestWeight, weight);
            total += weight;
            sums[(int)target] += weight;
        }

        return new ClassSteps(examples, Array.ConvertAll(sums, sum => sum > 0 ? total / sum : 0), 1 / smallestWeight);
    }

    /// <summary>The steps of a number.</summary>
    /// <param name="values">Its values, ascending.</param>
    /// <param name="rows">The row of each.</param>
    /// <param name="most">The most steps.</param>
    /// <returns>The values beside each threshold, below and above it; the most significant first.</returns>
    public List<(float Below, float Above)> Find(ReadOnlySpan<float> values, ReadOnlySpan<int> rows, int most)
    {
        var steps = new List<(float, float)>();
        var splits = new PriorityQueue<Split, double>();
        Consider(values, rows, 0, values.Length, splits);
        while (steps.Count < most && splits.TryDequeue(out Split split, out _))
        {
            steps.Add((values[split.At - 1], values[split.At]));
            Consider(values, rows, split.First, split.At, splits);
            Consider(values, rows, split.At, split.End, splits);
        }

        return steps;
    }

    /// <summary>Finds the best split of a part of the rows, and puts it among the others where it is significant.</summary>
    private void Consider(ReadOnlySpan<float> values, ReadOnlySpan<int> rows, int first, int end, PriorityQueue<Split, double> splits)
    {
        var below = new Part(_inverseShare);
        var above = new Part(_inverseShare);
        for (int i = first; i < end; i++) above.Add((int)_examples.Target(rows[i]), RowsOf(rows[i]));
        double whole = above.Score, best = _significant;
        int at = 0;
        for (int i = first; i < end - 1; i++)
        {
            int target = (int)_examples.Target(rows[i]);
            below.Add(target, RowsOf(rows[i]));
            above.Add(target, -RowsOf(rows[i]));
            if (below.Weight < FewestRows || above.Weight < FewestRows || !(values[i + 1] > values[i])) continue;
            double gain = below.Score + above.Score - whole;
            if (gain > best) (best, at) = (gain, i + 1);
        }

        if (at > 0) splits.Enqueue(new Split(first, at, end), -best);
    }

    /// <summary>How many rows a row counts for.</summary>
    private double RowsOf(int row) => _rowsOfWeight * _examples.Weight(row);

    private readonly record struct Split(int First, int At, int End);

    /// <summary>The weights of a part's classes, and the sum of their squares over the classes' shares, kept up as rows come and go.</summary>
    private sealed class Part(double[] inverseShare)
    {
        private readonly double[] _weights = new double[inverseShare.Length];
        private double _squares;

        public double Weight { get; private set; }

        public double Score => _squares / Weight;

        public void Add(int target, double weight)
        {
            _squares += (2 * _weights[target] + weight) * weight * inverseShare[target];
            _weights[target] += weight;
            Weight += weight;
        }
    }
}
