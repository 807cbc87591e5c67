using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Watches, while the rows are read, whether the label of a row tells that of the next, as in data sorted by class or by time.
/// </summary>
/// <remarks>
/// The measure is von Neumann's ratio: the mean squared difference of neighbours over that of two rows at random (J. von Neumann, "Distribution of the ratio of
/// the mean square
/// successive difference to the variance", 1941). It is 1 for rows in no order and 0 for sorted ones; a class is taken as a one-hot vector.
/// </remarks>
/// <param name="areClasses">Whether the label is the index of a class.</param>
internal sealed class LabelOrder(bool areClasses)
{
    /// <summary>Half the difference of two rows at random: neighbours that are so alike are no chance, however few the rows.</summary>
    private const double RatioOfOrderedRows = 0.5;

    private readonly Dictionary<float, long> _rowsOfClass = [];
    private double _mean, _squares, _differences;
    private long _rows;
    private float _last;

    /// <summary>Takes note of the first number of a row's label; one that is missing is passed over.</summary>
    public void Add(ReadOnlySpan<float> targets)
    {
        if (targets.IsEmpty || float.IsNaN(targets[0]))
            return;
        float label = targets[0];
        double difference = label - _last, fromMean = label - _mean;
        if (_rows++ > 0)
            _differences += areClasses ? (label == _last ? 0 : 2) : difference * difference;
        _mean += fromMean / _rows;
        _squares += fromMean * (label - _mean);
        if (areClasses)
            _rowsOfClass[label] = _rowsOfClass.GetValueOrDefault(label) + 1;
        _last = label;
    }

    /// <summary>Warns where rows that are read anew would be learned from in their order.</summary>
    /// <param name="channel">The log.</param>
    /// <param name="column">The label column.</param>
    /// <param name="rowsOfPool">The rows that are in memory at a time.</param>
    public void Report(IChannel channel, string column, long rowsOfPool)
    {
        double variance = areClasses ? 1 - _rowsOfClass.Values.Sum(rows => Math.Pow((double)rows / _rows, 2)) : _squares / _rows;
        if (!(_differences / (_rows - 1) < RatioOfOrderedRows * 2 * variance))
            return;
        channel.Warning(MessageSensitivity.Schema, string.Create(CultureInfo.InvariantCulture,
            $"The {_rows} rows of the training data are read anew in each epoch, and are in an order of their label '{column}': rows near each other have " +
            $"labels that are alike. Only some {rowsOfPool} rows are in memory and shuffled at a time, so that the model may be much worse than of mixed " +
            $"rows: put the rows of the data in a random order once, or raise {nameof(SimpleNnOptionsBase.MemoryBudget)}."));
    }
}
