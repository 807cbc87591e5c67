using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads the values of a column. What the source of the data throws, as a loader of images does where a file is damaged, is told with the number of the row.
/// </summary>
/// <param name="data">What the rows are, for messages: training data or validation data.</param>
/// <param name="column">The column.</param>
/// <param name="cursor">The cursor.</param>
internal sealed class ColumnReader<T>(string data, DataViewSchema.Column column, DataViewRow cursor)
{
    private readonly ValueGetter<T> _get = cursor.GetGetter<T>(column);

    /// <summary>Reads the value of the row where the cursor stands.</summary>
    /// <param name="row">The number of the row, for messages.</param>
    /// <param name="value">Takes the value.</param>
    public void Read(long row, ref T value)
    {
        try
        {
            _get(ref value);
        }
        catch (Exception cause) when (UnreadableRow.IsCause(cause))
        {
            throw UnreadableRow.Error(cause, row, data, column.Name);
        }
    }
}
