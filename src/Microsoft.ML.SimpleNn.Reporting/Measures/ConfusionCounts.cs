namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How many rows of each class were predicted as each class.</summary>
/// <param name="classes">The number of classes.</param>
internal sealed class ConfusionCounts(int classes)
{
    private readonly Dictionary<(int Label, int Predicted), long> _counts = [];
    private readonly long[] _labels = new long[classes], _predicted = new long[classes];

    /// <summary>The number of classes.</summary>
    public int Classes => classes;

    /// <summary>The rows of a class that were predicted as a class.</summary>
    public long this[int label, int predicted] => _counts.GetValueOrDefault((label, predicted));

    /// <summary>The rows predicted wrong, the most frequent confusion first.</summary>
    public IEnumerable<(int Label, int Predicted, long Rows)> Confusions => _counts.Where(pair => pair.Key.Label != pair.Key.Predicted)
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key.Label, pair.Key.Predicted, pair.Value));

    /// <summary>Adds a row.</summary>
    public void Add(int label, int predicted)
    {
        _counts[(label, predicted)] = this[label, predicted] + 1;
        _labels[label]++;
        _predicted[predicted]++;
    }

    /// <summary>The rows of a class.</summary>
    public long Rows(int label) => _labels[label];

    /// <summary>Of the rows that were predicted as a class, the part that is; NaN where there is none.</summary>
    public double Precision(int label) => (double)this[label, label] / _predicted[label];

    /// <summary>Of the rows of a class, the part that was predicted so; NaN where there is none.</summary>
    public double Recall(int label) => (double)this[label, label] / _labels[label];

    /// <summary>The classes with the most rows, in their order.</summary>
    public int[] Largest(int count) => [.. Enumerable.Range(0, classes).OrderByDescending(Rows).Take(count).Order()];
}
