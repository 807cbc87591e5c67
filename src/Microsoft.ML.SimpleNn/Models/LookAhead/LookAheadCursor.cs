using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>
/// Reads rows ahead of who asks for them: the values of all active columns, with batch and id, in the order in which the source gives them.
/// What fails is held back as well, and thrown when its row is asked for.
/// </summary>
internal sealed class LookAheadCursor : DataViewRowCursor
{
    /// <summary>The first rows come soon, for who wants only them; then twice as many, up to what a product of matrices is fast with.</summary>
    private const int FewestRows = 16;

    private const int MostRows = 256;

    /// <summary>The features that are held back, so that wide rows do not take much memory.</summary>
    private const int MostFeatures = 1 << 20;

    private readonly DataViewRowCursor _input;
    private readonly HeldColumn?[] _columns;
    private readonly int _features;
    private readonly RowsAhead _ahead;
    private readonly ValueGetter<DataViewRowId> _idOfInput;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private ExceptionDispatchInfo? _failure;
    private bool _ended;
    private int _wanted = FewestRows;
    private int _count;
    private int _row = -1;
    private long _position = -1;

    /// <summary>Starts before the first row.</summary>
    /// <param name="input">The cursor of the source, which this one owns.</param>
    /// <param name="model">The model that scores the rows.</param>
    /// <param name="features">The column of its features, active in the cursor.</param>
    public LookAheadCursor(DataViewRowCursor input, IBatchScorer model, DataViewSchema.Column features)
    {
        _input = input;
        int rows = Math.Clamp(MostFeatures / model.Inputs, FewestRows, MostRows);
        _ids = new DataViewRowId[rows];
        _batches = new long[rows];
        _idOfInput = input.GetIdGetter();
        _columns = [.. input.Schema.Select(column => input.IsColumnActive(column) ? HeldColumn.Create(input, column, rows) : null)];
        _features = features.Index;
        _ahead = new RowsAhead(model, (HeldColumn<VBuffer<float>>)_columns[_features]!, rows);
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema => _input.Schema;

    /// <inheritdoc/>
    public override long Position => _position;

    /// <inheritdoc/>
    public override long Batch => _row < 0 ? _input.Batch : _batches[_row];

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => _input.IsColumnActive(column);

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        if (++_row == _count) ReadAhead();
        if (_row < _count)
        {
            _position++;
            return true;
        }

        (_row, _count, _position) = (-1, 0, -1);
        return false;
    }

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (_columns[column.Index] is not HeldColumn<TValue> held) return _input.GetGetter<TValue>(column); // it knows what is wrong
        if (column.Index != _features) return (ref TValue value) => held.Get(Row(), ref value);
        return (ref TValue value) =>
        {
            held.Get(Row(), ref value);
            _ahead.Give(_row);
        };
    }

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Row()];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ahead.Forget();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Row() => _row >= 0 ? _row : throw new InvalidOperationException("The cursor is at no row: MoveNext has not been called, or has " +
        "returned false.");

    /// <summary>Fills the room with the next rows; none are left when the source has ended.</summary>
    private void ReadAhead()
    {
        (_row, _count) = (0, 0);
        _ahead.Begin();
        _failure?.Throw();
        for (; _count < _wanted && MoveInput(); _count++)
        {
            _batches[_count] = _input.Batch;
            _idOfInput(ref _ids[_count]);
            foreach (HeldColumn? column in _columns) column?.Take(_count);
        }

        if (_count == 0) _failure?.Throw();
        _ahead.Count = _count;
        _wanted = Math.Min(2 * _wanted, _ids.Length);
    }

    /// <summary>Moves the source; where that fails, the rows before still come, and then the exception.</summary>
    private bool MoveInput()
    {
        try
        {
            _ended = _ended || !_input.MoveNext();
        }
        catch (Exception e)
        {
            (_ended, _failure) = (true, ExceptionDispatchInfo.Capture(e));
        }

        return !_ended;
    }
}
