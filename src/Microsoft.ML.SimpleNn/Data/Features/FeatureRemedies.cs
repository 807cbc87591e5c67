using static Microsoft.ML.Trainers.SimpleNn.ColumnKinds;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How to make a vector of Single of known size of a column of another type.</summary>
internal static class FeatureRemedies
{
    /// <summary>What to do before the trainer.</summary>
    /// <param name="column">The column, of any type but that one.</param>
    public static string For(SchemaShape.Column column)
    {
        string name = column.Name, vector = $"mlContext.Transforms.Concatenate(\"{name}\", \"{name}\")";
        if (column.IsKey)
            return "make indicators of the keys with " +
                $"mlContext.Transforms.Conversion.MapKeyToVector(\"{name}\"{(IsScalar(column) ? "" : ", outputCountVector: true")})";
        if (IsText(column))
        {
            return IsScalar(column)
                ? $"make numbers of it, of free text with mlContext.Transforms.Text.FeaturizeText(\"{name}\"), of the names of categories with " +
                    $"mlContext.Transforms.Categorical.OneHotEncoding(\"{name}\")"
                : $"make numbers of the texts with mlContext.Transforms.Categorical.OneHotEncoding(\"{name}\", outputKind: " +
                    $"OneHotEncodingEstimator.OutputKind.Bag)";
        }

        if (IsImage(column))
            return $"make pixels of it with mlContext.Transforms.ResizeImages(\"{name}\", 28, 28), in the size that suits the images, and " +
                $"mlContext.Transforms.ExtractPixels(\"{name}\")";
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector && (IsNumber(column) || IsBoolean(column)))
            return "state the size where the column is made, for example [VectorType(size)] on the class's property, or the SchemaDefinition of " +
                "LoadFromEnumerable";
        if (IsNumber(column) || IsBoolean(column))
        {
            return !IsScalar(column) ? $"convert it with {ToSingle(name)}"
                : column.ItemType == Data.NumberDataViewType.Single ? $"make a vector of it, and of the other features, with {vector}"
                : $"convert it with {ToSingle(name)}, and make a vector of it, and of the other features, with {vector}";
        }

        return "make numbers of it with mlContext.Transforms.CustomMapping, for example of a time its hour and its day of the week";
    }
}
