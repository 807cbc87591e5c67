using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Reads the example weights, and refuses those that are negative or not finite.</summary>
internal sealed class WeightReader(IExceptionContext context, string data, DataViewSchema.Column column, DataViewRow cursor)
{
    private readonly ColumnReader<float> _reader = new(data, column, cursor);

    /// <summary>Throws when the data has no column of that name that weights can be read from.</summary>
    public static void CheckColumn(IExceptionContext context, SchemaShape schema, string name)
    {
        if (!schema.TryFindColumn(name, out SchemaShape.Column column))
            throw context.ExceptParam(nameof(schema), $"There is no weight column '{name}' in the data, which has {FeatureReader.Columns(schema)}: name " +
                $"another column, or none.");
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType != NumberDataViewType.Single)
            throw context.ExceptParam(nameof(schema), $"Weight column '{name}' is {column.GetTypeString()}, but must be Single: {Remedy(column)}.");
    }

    private static string Remedy(SchemaShape.Column column) =>
        column.Kind != SchemaShape.Column.VectorKind.Scalar ? "a row has one weight, so name a column of one number"
        : column.IsKey || ColumnKinds.IsText(column) || ColumnKinds.IsNumber(column)
            || ColumnKinds.IsBoolean(column) ? $"make it one with {ColumnKinds.ToSingle(column.Name)}"
        : "make it one with mlContext.Transforms.CustomMapping";

    /// <summary>The weight of the row where the cursor stands, 0 or more.</summary>
    /// <param name="row">The number of the row, for messages.</param>
    public float Read(long row)
    {
        float weight = 0;
        _reader.Read(row, ref weight);
        if (!(weight >= 0 && float.IsFinite(weight)))
            throw context.Except(string.Create(CultureInfo.InvariantCulture,
                $"Weight column '{column.Name}' has {weight} in row {row} of the {data} (counted from 1): a weight is a finite number, 0 or more, and 0 " +
                $"leaves the row out. Correct it before the trainer."));
        return weight;
    }
}
