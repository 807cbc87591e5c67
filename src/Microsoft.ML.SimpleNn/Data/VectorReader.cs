using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads a column of vectors, and refuses those that are not of the declared size: ML.NET passes on whatever an array of the user's holds.</summary>
/// <param name="error">Makes an exception of a message.</param>
/// <param name="role">How a message begins: Label column or Feature column.</param>
/// <param name="data">What the rows are, for messages: training data or validation data.</param>
/// <param name="column">The column, a vector of known size.</param>
/// <param name="cursor">The cursor.</param>
internal sealed class VectorReader<T>(Func<string, Exception> error, string role, string data, DataViewSchema.Column column, DataViewRow cursor)
{
    private readonly ColumnReader<VBuffer<T>> _reader = new(data, column, cursor);

    /// <summary>The size that the column declares.</summary>
    public int Size { get; } = ((VectorDataViewType)column.Type).Size;

    /// <summary>Reads the vector of the row where the cursor stands.</summary>
    /// <param name="row">The number of the row, for messages.</param>
    /// <param name="vector">Takes the vector, of <see cref="Size"/> values.</param>
    public void Read(long row, ref VBuffer<T> vector)
    {
        _reader.Read(row, ref vector);
        if (vector.Length != Size)
            throw WrongSize(row, vector.Length);
        if (!vector.IsDense)
            CheckIndices(row, vector.GetIndices());
    }

    /// <summary>Nothing between the array that a sparse vector was made of and the network looks at its indices.</summary>
    private void CheckIndices(long row, ReadOnlySpan<int> indices)
    {
        int before = -1;
        foreach (int index in indices)
        {
            if (index <= before || index >= Size)
                throw WrongIndex(row, index, before);
            before = index;
        }
    }

    private Exception WrongSize(long row, int size) => error(
        $"{role} '{column.Name}' has {(size == 0 ? "no values, a vector that is null or empty," : size == 1 ? "1 value" : $"{size} values")} in row {row} of " +
        $"the {data} (counted from 1), but declares {Size}: " +
        $"give every row {Size}{(typeof(T) == typeof(float) ? ", with NaN where a number is missing" : "")}, or leave such rows out with " +
        $"mlContext.Data.FilterByCustomPredicate.");

    private Exception WrongIndex(long row, int index, int before) => error(
        FormattableString.Invariant($"{role} '{column.Name}' has the index {index}{(before < 0 ? "" : $" after {before}")} ") +
            FormattableString.Invariant($"in the sparse vector of row {row} of the {data} (counted from 1): ") +
        $"the indices of {Size} values ascend and are from 0 to {Size - 1}. Correct what makes the vector.");
}
