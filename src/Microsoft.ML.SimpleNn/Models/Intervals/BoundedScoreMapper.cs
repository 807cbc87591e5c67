using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes the Score column as ML.NET's own mapper does, and with it columns that say how sure the score is.</summary>
/// <param name="model">The model that computes the score.</param>
/// <param name="schema">The columns, the score first.</param>
internal abstract class BoundedScoreMapper(IPredictor model, DataViewSchema schema) : SchemaBindablePredictorWrapperBase(model)
{
    private DataViewSchema Schema { get; } = schema;

    /// <inheritdoc/>
    protected sealed override ISchemaBoundMapper BindCore(IChannel ch, RoleMappedSchema schema) => new Bound(this, schema);

    /// <inheritdoc/>
    protected override bool SaveAsOnnxCore(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames) =>
        ConverterGraph.AddModel(ctx, schema, outputNames, Predictor);

    /// <summary>The getter of each column.</summary>
    /// <param name="input">The row.</param>
    /// <param name="features">The index of the feature column.</param>
    private protected abstract Delegate[] Getters(DataViewRow input, int features);

    /// <summary>A getter of the score that computes it once for all columns of a row; the caller must not change what it gets.</summary>
    /// <inheritdoc cref="Getters"/>
    private protected Func<TScore> ScoreOnce<TScore>(DataViewRow input, int features)
        where TScore : struct
    {
        var getScore = (ValueGetter<TScore>)GetPredictionGetter(input, features);
        long position = -1;
        TScore last = default;
        return () =>
        {
            if (position != input.Position)
            {
                getScore(ref last);
                position = input.Position;
            }
            return last;
        };
    }

    private sealed class Bound(BoundedScoreMapper parent, RoleMappedSchema input) : ISchemaBoundRowMapper
    {
        public RoleMappedSchema InputRoleMappedSchema => input;

        public DataViewSchema InputSchema => input.Schema;

        public DataViewSchema OutputSchema => parent.Schema;

        public ISchemaBindableMapper Bindable => parent;

        private DataViewSchema.Column Features => input.Feature!.Value;

        public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
            dependingColumns.Any() ? [Features] : [];

        public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles() =>
            [RoleMappedSchema.ColumnRole.Feature.Bind(Features.Name)];

        public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
        {
            bool[] isActive = new bool[OutputSchema.Count];
            foreach (DataViewSchema.Column column in activeColumns)
                isActive[column.Index] = true;
            Delegate?[] getters = new Delegate?[isActive.Length];
            if (Array.Exists(isActive, active => active))
            {
                Delegate[] all = parent.Getters(input, Features.Index);
                for (int i = 0; i < all.Length; i++)
                    getters[i] = isActive[i] ? all[i] : null;
            }
            return new SimpleRow(OutputSchema, input, getters!);
        }
    }
}
