using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The error of a row that its source cannot give: an image that is damaged, a line that is no number, a function of the user's that throws.</summary>
internal static class UnreadableRow
{
    /// <summary>Whether an exception is about the row; that the work is cancelled, or that memory is short, is not.</summary>
    public static bool IsCause(Exception exception) => exception is not (OperationCanceledException or OutOfMemoryException);

    /// <summary>The exception that tells which row it was; the cause is inside.</summary>
    /// <param name="cause">What the source threw.</param>
    /// <param name="row">The number of the row, counted from 1.</param>
    /// <param name="data">What the rows are: training data or validation data.</param>
    /// <param name="column">The column that was read; null where the source failed before any.</param>
    public static Exception Error(Exception cause, long row, string data, string? column) => Contracts.Except(cause,
        $"Row {row} of the {data} (counted from 1) cannot be read{(column is null ? "" : $" in column '{column}'")}: {cause.Message.TrimEnd('.', ' ')}. " +
        $"Correct the row, or the file that it comes from, or leave it out before the trainer.");

    /// <summary>
    /// Moves a cursor. Where a pipeline computes columns, ML.NET's cursor reads blocks of rows ahead on several threads, and fails before the rows that it has
    /// read: then the rows are read once
    /// more, one by one, to find the one that it was.
    /// </summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">The columns that are read.</param>
    /// <param name="row">The number of the row that the cursor moves to, counted from 1.</param>
    /// <param name="data">What the rows are: training data or validation data.</param>
    public static bool MoveNext(DataViewRowCursor cursor, IDataView view, DataViewSchema.Column[] columns, long row, string data)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (Exception cause) when (IsCause(cause))
        {
            throw Find(view, columns, data) ?? Error(cause, row, data, column: null);
        }
    }

    /// <summary>The error of the first row that cannot be read; null where all can, this time.</summary>
    private static Exception? Find(IDataView view, DataViewSchema.Column[] columns, string data)
    {
        using DataViewRowCursor cursor = view.GetRowCursorSet(columns, n: 1)[0];
        Action[] reads = Array.ConvertAll(columns, column => ReaderOf(cursor, column));
        for (long row = 1; ; row++)
        {
            string? column = null;
            try
            {
                if (!cursor.MoveNext())
                    return null;
                for (int i = 0; i < columns.Length; i++)
                {
                    column = columns[i].Name;
                    reads[i]();
                }
            }
            catch (Exception cause) when (IsCause(cause))
            {
                return Error(cause, row, data, column);
            }
        }
    }

    private static Action ReaderOf(DataViewRow cursor, DataViewSchema.Column column)
    {
        // The type of a column is known only now.
        MethodInfo create = typeof(UnreadableRow).GetMethod(nameof(CreateReader), BindingFlags.NonPublic | BindingFlags.Static)!;
        return create.MakeGenericMethod(column.Type.RawType).CreateDelegate<Func<DataViewRow, DataViewSchema.Column, Action>>()(cursor, column);
    }

    private static Action CreateReader<T>(DataViewRow cursor, DataViewSchema.Column column)
    {
        ValueGetter<T> get = cursor.GetGetter<T>(column);
        T value = default!;
        return () => get(ref value);
    }
}
