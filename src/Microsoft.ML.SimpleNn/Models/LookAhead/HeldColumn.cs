using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The values of one column in the rows that are held back.</summary>
internal abstract class HeldColumn
{
    /// <summary>Makes room for a column of a cursor.</summary>
    /// <param name="input">The cursor; the column is active in it.</param>
    /// <param name="column">The column.</param>
    /// <param name="rows">The most rows that are held back.</param>
    public static HeldColumn Create(DataViewRow input, DataViewSchema.Column column, int rows)
    {
        Type type = column.Type is VectorDataViewType vector
            ? typeof(HeldVectors<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(HeldValues<>).MakeGenericType(column.Type.RawType);
        return (HeldColumn)Activator.CreateInstance(type, input, column, rows)!;
    }

    /// <summary>Takes the value of the row at which the cursor is. When it cannot be computed, who asks for it gets the exception.</summary>
    /// <param name="row">Where it is held.</param>
    public abstract void Take(int row);
}
