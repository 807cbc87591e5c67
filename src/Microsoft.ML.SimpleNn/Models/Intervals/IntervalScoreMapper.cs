using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes the score of a regression, and the bounds of an interval around it.</summary>
/// <param name="model">The model that computes the score, a number.</param>
/// <param name="interval">The interval.</param>
/// <param name="least">What no number is below.</param>
internal sealed class IntervalScoreMapper(IPredictor model, PredictionInterval interval, float least) : BoundedScoreMapper(model, Columns())
{
    /// <summary>The column of the lower bound.</summary>
    public static string LowerColumn => DefaultColumnNames.Score + "Lower";

    /// <summary>The column of the upper bound.</summary>
    public static string UpperColumn => DefaultColumnNames.Score + "Upper";

    /// <inheritdoc/>
    private protected override Delegate[] Getters(DataViewRow input, int features)
    {
        Func<float> score = ScoreOnce<float>(input, features);
        return [Getter(score), Getter(() => Bound(score(), -interval.HalfWidth)), Getter(() => Bound(score(), interval.HalfWidth))];
    }

    private static ValueGetter<float> Getter(Func<float> compute) => (ref float value) => value = compute();

    private float Bound(float score, float way) => MathF.Max(score + way, least);

    private static DataViewSchema Columns()
    {
        DataViewSchema score = ScoreSchemaFactory.Create(NumberDataViewType.Single, AnnotationUtils.Const.ScoreColumnKind.Regression);
        var schema = new DataViewSchema.Builder();
        foreach (string name in new[] { DefaultColumnNames.Score, LowerColumn, UpperColumn })
            schema.AddColumn(name, NumberDataViewType.Single, score[0].Annotations);
        return schema.ToSchema();
    }
}
