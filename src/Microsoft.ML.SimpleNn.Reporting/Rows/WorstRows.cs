namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Keeps the rows that are predicted worst.</summary>
internal sealed class WorstRows
{
    private const int Most = 10;
    private readonly PriorityQueue<WorstRow, (double, long)> _queue = new();

    /// <summary>The rows, the worst first.</summary>
    public IReadOnlyList<WorstRow> Rows => [.. _queue.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];

    /// <summary>Sees a row; of rows that are as bad as each other the first ones are kept.</summary>
    /// <param name="badness">How bad it is.</param>
    /// <param name="row">The row, from 1.</param>
    /// <param name="create">What the table says of it.</param>
    /// <param name="output">The score that is wrong, from 0; null where the task has one, or the row says which.</param>
    public void Add(double badness, long row, Func<Cell[]> create, int? output = null)
    {
        (double, long) priority = (badness, -row);
        if (_queue.Count == Most && _queue.TryPeek(out _, out (double, long) least) && least.CompareTo(priority) >= 0)
            return;
        if (_queue.Count == Most)
            _queue.Dequeue();
        _queue.Enqueue(new WorstRow(row, create(), output), priority);
    }
}
