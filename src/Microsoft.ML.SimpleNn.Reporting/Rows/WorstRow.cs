namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A row that is predicted badly.</summary>
/// <param name="Row">The row, from 1.</param>
/// <param name="Cells">What the table says of it.</param>
internal sealed record WorstRow(long Row, Cell[] Cells);
