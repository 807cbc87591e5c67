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
        $"Row {row} of the {data} (counted from 1) cannot be read{(column is null ? "" : $" in column '{column}'")}: {cause.Message.TrimEnd('.', ' ')}. Correct the row, or the file that it comes from, or leave it out before the trainer.");
}
