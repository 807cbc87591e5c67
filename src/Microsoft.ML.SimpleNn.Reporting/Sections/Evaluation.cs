namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>How well a model predicts rows: figures, charts, and the rows that it predicts worst.</summary>
internal abstract class Evaluation
{
    /// <summary>The rows that have a label and a score.</summary>
    public long Rows { get; protected set; }

    /// <summary>The rows that lack one of them, and are left out.</summary>
    public long LeftOut { get; protected set; }

    /// <summary>The figures to be seen first.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Tiles { get; }

    /// <summary>The title over <see cref="Worst"/>.</summary>
    public virtual string WorstTitle => "Worst mistakes";

    /// <summary>What the table of <see cref="Worst"/> shows.</summary>
    public abstract (string Caption, string[] Heads) WorstTable { get; }

    /// <summary>The rows that are predicted worst, the worst first.</summary>
    public IReadOnlyList<WorstRow> Worst => Tracker.Rows;

    /// <summary>Collects <see cref="Worst"/>.</summary>
    protected WorstRows Tracker { get; } = new();

    /// <summary>Writes the figures and charts.</summary>
    public abstract void Write(Html html);

    /// <summary>Reads the rows of a model's task; null where the rows lack what a task without labels can do without.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type, or no row has a label and a score.</exception>
    public static Evaluation Read(ReportedModel model, ScoredData data)
    {
        Evaluation evaluation = model.Model switch
        {
            Trainers.SimpleNn.SimpleNnMulticlassModelParameters classes => ClassEvaluation.Read(classes, data),
            Trainers.SimpleNn.SimpleNnBinaryModelParameters => BinaryEvaluation.Read(data),
            Trainers.SimpleNn.SimpleNnAutoencoderModelParameters autoencoder => AnomalyEvaluation.Read(autoencoder, data),
            Trainers.SimpleNn.SimpleNnRegressionModelParameters numbers => NumberEvaluations.Read(numbers, data),
            _ => throw new NotSupportedException($"There is no report of a model of type {model.Model.GetType()}."),
        };
        return evaluation.Rows > 0 ? evaluation
            : throw new ArgumentException($"No row of the report has both a label, in column '{data.Options.LabelColumnName}', " +
            $"and a score: check the file name, the filters, and whether features are infinite.");
    }
}
