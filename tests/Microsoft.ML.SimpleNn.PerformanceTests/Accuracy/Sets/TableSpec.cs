namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

/// <summary>How a table is read, and what is predicted from it. Columns are named by a header's name or by their index from 0.</summary>
internal sealed record TableSpec
{
    public required string Name { get; init; }

    public required string Group { get; init; }

    public required TableFile[] Files { get; init; }

    public char Separator { get; init; } = ',';

    /// <summary>Whether quotes enclose a cell that has separators in it.</summary>
    public bool IsQuoted { get; init; }

    public bool HasHeader { get; init; }

    /// <summary>One column; several for <see cref="Problem.Labels"/> and <see cref="Problem.Outputs"/>.</summary>
    public required string[] Label { get; init; }

    public required Problem Problem { get; init; }

    /// <summary>The labels that mean yes.</summary>
    public string[] Positive { get; init; } = [];

    /// <summary>The columns that are no features.</summary>
    public string[] Drop { get; init; } = [];

    public string[] Categorical { get; init; } = [];

    public string[] Dates { get; init; } = [];

    /// <summary>The column of text, which is then the only feature.</summary>
    public string[] Text { get; init; } = [];

    /// <summary>What a number of the label is divided by.</summary>
    public float LabelUnit { get; init; } = 1;

    /// <summary>Whether rows with an unknown number are left out.</summary>
    public bool DropsIncompleteRows { get; init; }

    /// <summary>The folds that are averaged; 0 for one split.</summary>
    public int Folds { get; init; }

    /// <summary>What it is judged by; the first decides.</summary>
    public required Measure[] Measures { get; init; }
}
