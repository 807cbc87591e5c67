using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>Computes the probabilities of the classes, and of each class whether it is in the row's set.</summary>
/// <param name="model">The model that computes the probabilities.</param>
/// <param name="threshold">What a class of the set has at least.</param>
/// <param name="classes">The number of classes.</param>
/// <param name="names">Their names; null for none.</param>
internal sealed class PredictionSetMapper(IPredictor model, PredictionSetThreshold threshold, int classes, IReadOnlyList<string>? names)
    : BoundedScoreMapper(model, Columns(classes, names))
{
    /// <summary>The column of the set.</summary>
    public const string SetColumn = "PredictionSet";

    /// <inheritdoc/>
    private protected override Delegate[] Getters(DataViewRow input, int features)
    {
        Func<VBuffer<float>> score = ScoreOnce<VBuffer<float>>(input, features);
        ValueGetter<VBuffer<float>> copy = (ref VBuffer<float> value) => score().CopyTo(ref value);
        return [copy, SetGetter(score)];
    }

    private ValueGetter<VBuffer<bool>> SetGetter(Func<VBuffer<float>> score) => (ref VBuffer<bool> set) =>
    {
        VBufferEditor<bool> editor = VBufferEditor.Create(ref set, classes);
        VBuffer<float> probabilities = score();
        threshold.Choose(probabilities.GetValues(), editor.Values);
        set = editor.Commit();
    };

    private static DataViewSchema Columns(int classes, IReadOnlyList<string>? names)
    {
        DataViewSchema.Column score = ScoreSchemaFactory.Create(
            new VectorDataViewType(NumberDataViewType.Single, classes), AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification)[0];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(score.Name, score.Type, score.Annotations);
        schema.AddColumn(SetColumn, new VectorDataViewType(BooleanDataViewType.Instance, classes),
            names is null ? score.Annotations : NamedScoreMapper.WithSlotNames(score.Annotations, names));
        return schema.ToSchema();
    }
}
