using System.Globalization;
using System.Reflection;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>The names of the classes of a label of key type: the values that were mapped to keys, as text.</summary>
internal static class KeyNames
{
    /// <summary>The names in the order of the keys; null for a key without values.</summary>
    /// <param name="column">The label column.</param>
    /// <param name="count">The number of keys.</param>
    public static string[]? Read(DataViewSchema.Column column, int count)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type is not VectorDataViewType type || type.Size != count)
            return null;
        // The values have the type of the column that was mapped, which is known only now.
        MethodInfo read = typeof(KeyNames).GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (string[])read.MakeGenericMethod(type.ItemType.RawType).Invoke(null, [column])!;
    }

    private static string[] ReadAs<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return values.DenseValues().Select(Text).ToArray();
    }

    private static string Text<T>(T value) => value switch
    {
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
