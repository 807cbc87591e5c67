namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A table of the page.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Heads">The heads of the columns.</param>
/// <param name="Rows">The cells of the rows, as many as heads.</param>
internal sealed record Table(string Caption, string[] Heads, IReadOnlyList<Cell[]> Rows)
{
    /// <summary>Whether the cells are those of a matrix, whose first column has the names of its rows.</summary>
    public bool IsMatrix { get; init; }
}
