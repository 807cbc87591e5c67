using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// The rows of another view, unchanged; but its cursors read ahead and hold the rows back until they are asked for, so that the model can
/// score them together (<see cref="RowsAhead"/>). The source is read once, by one cursor: with two in step, a source that is shuffled or
/// draws random numbers would give each its own rows, and a costly one would cost twice.
/// </summary>
/// <param name="environment">The environment.</param>
/// <param name="source">The view.</param>
/// <param name="model">The model that scores the rows.</param>
/// <param name="features">The column of its features.</param>
internal sealed class LookAheadView(IHostEnvironment environment, IDataView source, IBatchScorer model, DataViewSchema.Column features) : ITransformCanSaveOnnx
{
    /// <summary>The view that the rows come from.</summary>
    public IDataView Source => source;

    /// <summary>The schema of the source.</summary>
    public DataViewSchema Schema => source.Schema;

    /// <summary>Whether the source can be shuffled.</summary>
    public bool CanShuffle => source.CanShuffle;

    /// <summary>The rows of the source, where it knows.</summary>
    public long? GetRowCount() => source.GetRowCount();

    /// <summary>Reads the rows, ahead where the features are among the columns.</summary>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        LookAhead(source.GetRowCursor(columnsNeeded, rand));

    /// <summary>Reads the rows on several threads. A source that cannot do that is split here: ML.NET would split what has been read ahead.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewRowCursor[] cursors = source.GetRowCursorSet(columnsNeeded, n, rand);
        if (cursors.Length == 1 && cursors[0].IsColumnActive(features))
            cursors = DataViewUtils.CreateSplitCursors(environment, cursors[0], n);
        return Array.ConvertAll(cursors, LookAhead);
    }

    /// <summary>The view adds nothing to a saved model.</summary>
    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("Rows that are read ahead are no part of a model.");

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    /// <summary>Nothing is computed, and so nothing is exported.</summary>
    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
    }

    /// <summary>Values of other types than ML.NET's own, such as images, may not outlast their row: such rows are not held back.</summary>
    private DataViewRowCursor LookAhead(DataViewRowCursor cursor)
    {
        bool canHoldBack = cursor.Schema.Where(cursor.IsColumnActive).All(column => column.Type is PrimitiveDataViewType or VectorDataViewType);
        return canHoldBack && cursor.IsColumnActive(features) ? new LookAheadCursor(cursor, model, features) : cursor;
    }
}
