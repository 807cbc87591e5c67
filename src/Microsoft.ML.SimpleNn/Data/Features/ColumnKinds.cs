using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>What a message that names a remedy must know of the type that it found.</summary>
internal static class ColumnKinds
{
    /// <summary>Whether a column, or each slot of it, is text.</summary>
    public static bool IsText(SchemaShape.Column column) => column.ItemType is TextDataViewType;

    /// <summary>Whether a column, or each slot of it, is a number of any size, and no key.</summary>
    public static bool IsNumber(SchemaShape.Column column) => column.ItemType is NumberDataViewType && !column.IsKey;

    /// <summary>Whether a column, or each slot of it, is Boolean.</summary>
    public static bool IsBoolean(SchemaShape.Column column) => column.ItemType is BooleanDataViewType;

    /// <summary>Whether a column is an image; its type lies in a package that a trainer does not need.</summary>
    public static bool IsImage(SchemaShape.Column column) => column.ItemType.RawType.Name is "MLImage" or "Bitmap";

    /// <summary>Whether a column is one value and no vector.</summary>
    public static bool IsScalar(SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Scalar;

    /// <summary>The call that converts a column to Single, in the user's code.</summary>
    public static string ToSingle(string column) => $"mlContext.Transforms.Conversion.ConvertType(\"{column}\", outputKind: DataKind.Single)";

    /// <summary>The call that maps a column to a key, in the user's code.</summary>
    public static string ToKey(string column) => $"mlContext.Transforms.Conversion.MapValueToKey(\"{column}\")";
}
