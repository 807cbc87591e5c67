namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A row that is predicted badly.</summary>
/// <param name="Row">The row, from 1.</param>
/// <param name="Cells">What the table says of it.</param>
/// <param name="Output">The score that is wrong, from 0; null where the task has one, or the row says which.</param>
internal sealed record WorstRow(long Row, Cell[] Cells, int? Output);
