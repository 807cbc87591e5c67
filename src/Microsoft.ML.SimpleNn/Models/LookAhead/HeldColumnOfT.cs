using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The values of one column, by their type.</summary>
/// <param name="getter">Gives the value of the cursor's row.</param>
/// <param name="rows">The most rows that are held back.</param>
internal abstract class HeldColumn<T>(ValueGetter<T> getter, int rows) : HeldColumn
{
    private readonly T[] _values = new T[rows];
    private readonly ExceptionDispatchInfo?[] _failures = new ExceptionDispatchInfo?[rows];

    /// <inheritdoc/>
    public override void Take(int row)
    {
        _failures[row] = null;
        try
        {
            getter(ref _values[row]);
        }
        catch (Exception e)
        {
            _failures[row] = ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>Whether there is a value, and no exception in its place.</summary>
    public bool Has(int row) => _failures[row] == null;

    /// <summary>The value itself, not to be changed.</summary>
    public ref readonly T this[int row] => ref _values[row];

    /// <summary>Gives a copy of the value.</summary>
    public void Get(int row, ref T value)
    {
        _failures[row]?.Throw();
        Copy(in _values[row], ref value);
    }

    /// <summary>Copies a value so that its receiver may change the copy.</summary>
    protected abstract void Copy(in T source, ref T destination);
}
