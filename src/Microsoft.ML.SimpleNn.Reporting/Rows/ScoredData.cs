using Microsoft.ML.Data;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>Rows with labels and what the model made of them, as Transform gives them.</summary>
/// <param name="view">The rows.</param>
/// <param name="options">What the report is told.</param>
/// <param name="features">The name of the column of features.</param>
internal sealed class ScoredData(IDataView view, ReportOptions options, string features)
{
    /// <summary>The names of the columns that prediction transformers add.</summary>
    public const string ScoreColumn = "Score", LowerColumn = "ScoreLower", UpperColumn = "ScoreUpper", ProbabilityColumn = "Probability";

    /// <summary>The rows.</summary>
    public IDataView View => view;

    /// <summary>What the report is told.</summary>
    public ReportOptions Options => options;

    /// <summary>The column of the features; null where there is none.</summary>
    public DataViewSchema.Column? Features => view.Schema.GetColumnOrNull(features);

    /// <summary>The column of the labels; null where there is none.</summary>
    public DataViewSchema.Column? LabelOrNull => view.Schema.GetColumnOrNull(options.LabelColumnName);

    /// <summary>The column of the labels.</summary>
    public DataViewSchema.Column Label => Find(options.LabelColumnName, "label",
        $"name another with {nameof(ReportOptions)}.{nameof(ReportOptions.LabelColumnName)}");

    /// <summary>The column of the scores.</summary>
    public DataViewSchema.Column Score => Find(ScoreColumn, "score", "give the rows as the model's Transform returns them");

    /// <summary>A column that the model adds, beside the score.</summary>
    public DataViewSchema.Column Added(string name) => Find(name, "score", "give the rows as the model's Transform returns them");

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string name) => view.Schema.GetColumnOrNull(name) is not null;

    /// <summary>Checks the type of a column.</summary>
    /// <exception cref="ArgumentException">It is another.</exception>
    public static void Require(bool holds, DataViewSchema.Column column, string role, string wanted, string remedy)
    {
        if (!holds)
            throw new ArgumentException($"The {role} column '{column.Name}' is {column.Type}, but the report of this model needs {wanted}: {remedy}.");
    }

    /// <summary>Reads two columns, row after row; buffers are used again for the next row.</summary>
    public IEnumerable<(long Row, TFirst First, TSecond Second)> Read<TFirst, TSecond>(DataViewSchema.Column first, DataViewSchema.Column second)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([first, second]);
        ValueGetter<TFirst> getFirst = cursor.GetGetter<TFirst>(first);
        ValueGetter<TSecond> getSecond = cursor.GetGetter<TSecond>(second);
        (TFirst one, TSecond two) = (default!, default!);
        for (long row = 1; cursor.MoveNext(); row++)
        {
            getFirst(ref one);
            getSecond(ref two);
            yield return (row, one, two);
        }
    }

    /// <summary>Reads label and score as vectors, a label of one number as a vector of one; each row has arrays of its own.</summary>
    /// <param name="toNumber">Makes a number of a label.</param>
    public IEnumerable<(long Row, float[] Labels, float[] Scores)> ReadVectors<T>(Func<T, float> toNumber)
    {
        DataViewSchema.Column label = Label, score = Score;
        if (label.Type is VectorDataViewType)
            return Read<VBuffer<T>, VBuffer<float>>(label, score)
                .Select(row => (row.Row, row.First.DenseValues().Select(toNumber).ToArray(), row.Second.DenseValues().ToArray()));
        return Read<T, VBuffer<float>>(label, score).Select(row => (row.Row, new[] { toNumber(row.First) }, row.Second.DenseValues().ToArray()));
    }

    private DataViewSchema.Column Find(string name, string role, string remedy) => view.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"There is no {role} column '{name}' in the rows of the report, which have " +
            $"{string.Join(", ", view.Schema.Select(column => $"'{column.Name}'"))}: {remedy}.");
}
