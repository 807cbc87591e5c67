using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The names that the slots of a vector column have, as text.</summary>
internal static class SlotNames
{
    /// <summary>The names in the order of the slots, empty where a slot has none; null for a column without names.</summary>
    public static string[]? Read(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
