using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The values of a column of vectors.</summary>
internal sealed class HeldVectors<T>(DataViewRow input, DataViewSchema.Column column, int rows)
    : HeldColumn<VBuffer<T>>(input.GetGetter<VBuffer<T>>(column), rows)
{
    /// <inheritdoc/>
    protected override void Copy(in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination);
}
