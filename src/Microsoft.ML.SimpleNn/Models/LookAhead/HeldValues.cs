using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The values of a column of single values.</summary>
internal sealed class HeldValues<T>(DataViewRow input, DataViewSchema.Column column, int rows) : HeldColumn<T>(input.GetGetter<T>(column), rows)
{
    /// <inheritdoc/>
    protected override void Copy(in T source, ref T destination) => destination = source;
}
