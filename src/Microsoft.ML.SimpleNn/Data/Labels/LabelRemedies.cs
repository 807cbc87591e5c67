using static Microsoft.ML.Trainers.SimpleNn.ColumnKinds;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>How to make the label that a trainer needs of a column of another type, or which trainer takes the column as it is.</summary>
internal static class LabelRemedies
{
    private const string
        TakeMulticlass = "mlContext.MulticlassClassification.Trainers.SimpleNn",
        TakeBinary = "mlContext.BinaryClassification.Trainers.SimpleNn",
        TakeRegression = "mlContext.Regression.Trainers.SimpleNn",
        TakeKeys = $"take the label as it was before MapValueToKey, or train with {TakeMulticlass}, which takes keys";

    /// <summary>A Boolean.</summary>
    public static string ForBinary(SchemaShape.Column label)
    {
        string name = label.Name;
        return !IsScalar(label) ? $"of several labels for a row, train with {TakeRegression}, which takes a vector of Single or Boolean of known size"
            : label.IsKey ? TakeKeys
            : IsText(label) ? $"make one with mlContext.Transforms.Conversion.MapValue(\"{name}\", new Dictionary<string, bool> {{ [\"yes\"] = true, " +
                $"[\"no\"] = false }})"
            : IsNumber(label) ? $"make one, of 0 and 1 or of -1 and 1 with {Expression(label, 0)}, of 1 and 2 with {Expression(label, 1)}"
            : "make one with mlContext.Transforms.CustomMapping";
    }

    /// <summary>A key.</summary>
    public static string ForMulticlass(SchemaShape.Column label) =>
        IsScalar(label) ? $"make one with {ToKey(label.Name)} before the trainer"
        : $"of a one-hot encoding take the column that it was made of, with {ToKey(label.Name)}; where a row can have several labels, train with " +
            $"{TakeRegression}, which takes a vector of Single or Boolean of known size";

    /// <summary>One number, or a vector of numbers or Booleans.</summary>
    public static string ForRegression(SchemaShape.Column label)
    {
        bool isConvertible = IsNumber(label) || IsBoolean(label);
        return label.IsKey ? IsScalar(label) ? TakeKeys : $"make numbers of the keys with mlContext.Transforms.Conversion.MapKeyToVector(\"{label.Name}\", " +
            $"outputCountVector: true)"
            : IsText(label) ? $"of numbers written as text make one with {ToSingle(label.Name)}; of the names of classes make a key with " +
                $"{ToKey(label.Name)}, and train with {TakeMulticlass}"
            : label.Kind == SchemaShape.Column.VectorKind.VariableVector && isConvertible ? "state the size where the column is made, for example " +
                "[VectorType(size)] on the class's property"
            : IsScalar(label) && IsBoolean(label) ? $"train with {TakeBinary}, which takes a Boolean"
            : isConvertible ? $"make one before the trainer with {ToSingle(label.Name)}"
            : "make one with mlContext.Transforms.CustomMapping, for example of a time the days since the first";
    }

    /// <summary>The call that makes a Boolean of a number. Expressions know some sizes of numbers only.</summary>
    private static string Expression(SchemaShape.Column label, int above)
    {
        string expression = $"mlContext.Transforms.Expression(\"{label.Name}\", \"x => x > {above}\", \"{label.Name}\")";
        return label.ItemType.RawType == typeof(float) || label.ItemType.RawType == typeof(double) || label.ItemType.RawType == typeof(int)
            || label.ItemType.RawType == typeof(long)
            ? expression : $"{ToSingle(label.Name)} and {expression}";
    }
}
