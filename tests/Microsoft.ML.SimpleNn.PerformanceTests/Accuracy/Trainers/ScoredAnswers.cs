using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

/// <summary>A tested row of several answers, each from a model of its own.</summary>
internal sealed class ScoredAnswers(float[] label, float[] score)
{
    public float[] Label { get; } = label;

    public float[] Score { get; } = score;

    /// <summary>The rows as the evaluators of several answers want them.</summary>
    public static IDataView ToDataView(MLContext ml, ScoredAnswers[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(ScoredAnswers));
        foreach (SchemaDefinition.Column column in schema) column.ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Label.Length);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
