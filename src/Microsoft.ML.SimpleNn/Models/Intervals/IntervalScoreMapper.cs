using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes the Score column as ML.NET's own mapper does, and the bounds of an interval around it.</summary>
internal sealed class IntervalScoreMapper : SchemaBindablePredictorWrapperBase
{
    private readonly float _halfWidth, _least;
    private readonly DataViewSchema _schema;

    /// <summary>Creates a mapper.</summary>
    /// <param name="model">The model that computes the score, a number.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="least">What no number is below.</param>
    public IntervalScoreMapper(IPredictor model, PredictionInterval interval, float least)
        : base(model)
    {
        (_halfWidth, _least) = (interval.HalfWidth, least);
        DataViewSchema score = ScoreSchemaFactory.Create(NumberDataViewType.Single, AnnotationUtils.Const.ScoreColumnKind.Regression);
        var schema = new DataViewSchema.Builder();
        foreach (string name in new[] { DefaultColumnNames.Score, LowerColumn, UpperColumn })
            schema.AddColumn(name, NumberDataViewType.Single, score[0].Annotations);
        _schema = schema.ToSchema();
    }

    /// <summary>The column of the lower bound.</summary>
    public static string LowerColumn => DefaultColumnNames.Score + "Lower";

    /// <summary>The column of the upper bound.</summary>
    public static string UpperColumn => DefaultColumnNames.Score + "Upper";

    /// <inheritdoc/>
    protected override ISchemaBoundMapper BindCore(IChannel ch, RoleMappedSchema schema) => new Bound(this, schema);

    private ValueGetter<float>[] Getters(DataViewRow input, int features)
    {
        var getScore = (ValueGetter<float>)GetPredictionGetter(input, features);
        long position = -1;
        float last = 0;
        return [Score, (ref float lower) => lower = Bound(-_halfWidth), (ref float upper) => upper = Bound(_halfWidth)];

        // Computed once for all columns of a row.
        void Score(ref float score)
        {
            if (position != input.Position)
            {
                getScore(ref last);
                position = input.Position;
            }
            score = last;
        }

        float Bound(float way)
        {
            float score = 0;
            Score(ref score);
            return MathF.Max(score + way, _least);
        }
    }

    private sealed class Bound(IntervalScoreMapper parent, RoleMappedSchema input) : ISchemaBoundRowMapper
    {
        public RoleMappedSchema InputRoleMappedSchema => input;

        public DataViewSchema InputSchema => input.Schema;

        public DataViewSchema OutputSchema => parent._schema;

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
                ValueGetter<float>[] all = parent.Getters(input, Features.Index);
                for (int i = 0; i < all.Length; i++)
                    getters[i] = isActive[i] ? all[i] : null;
            }
            return new SimpleRow(OutputSchema, input, getters!);
        }
    }
}
