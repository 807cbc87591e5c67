using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes the Score column as ML.NET's own mapper does, and gives the slots of the column their names.</summary>
internal sealed class NamedScoreMapper : SchemaBindablePredictorWrapperBase
{
    private readonly DataViewSchema _schema;

    /// <summary>Creates a mapper.</summary>
    /// <param name="model">The model that computes the score.</param>
    /// <param name="kind">What the score is, one of ML.NET's names for kinds of scores.</param>
    /// <param name="names">The name of each slot; null for a score without names.</param>
    public NamedScoreMapper(IPredictor model, string kind, string[]? names)
        : base(model)
    {
        _schema = ScoreSchemaFactory.Create(ScoreType, kind);
        if (names is null)
            return;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(_schema[0].Name, _schema[0].Type, WithSlotNames(_schema[0].Annotations, names));
        _schema = schema.ToSchema();
    }

    /// <summary>The annotations of a vector, and the names of its slots.</summary>
    public static DataViewSchema.Annotations WithSlotNames(DataViewSchema.Annotations annotations, IReadOnlyList<string> names)
    {
        var named = new DataViewSchema.Annotations.Builder();
        named.Add(annotations, _ => true);
        ReadOnlyMemory<char>[] texts = [.. names.Select(name => name.AsMemory())];
        named.Add(AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, texts.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(texts.Length, texts).CopyTo(ref value));
        return named.ToAnnotations();
    }

    /// <inheritdoc/>
    protected override ISchemaBoundMapper BindCore(IChannel ch, RoleMappedSchema schema) => new SingleValueRowMapper(schema, this, _schema);

    /// <inheritdoc/>
    protected override bool SaveAsOnnxCore(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames) =>
        ConverterGraph.AddModel(ctx, schema, outputNames, Predictor);
}
