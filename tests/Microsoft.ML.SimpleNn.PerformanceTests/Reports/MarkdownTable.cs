using System.Text;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A table in Markdown: the first column to the left, the others, numbers, to the right.</summary>
internal sealed class MarkdownTable(params IEnumerable<string> columns)
{
    private readonly string[] _columns = [.. columns];
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params IEnumerable<string> cells) => _rows.Add([.. cells]);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string[] row in (IEnumerable<string[]>)[_columns, [.. _columns.Select((_, i) => i == 0 ? "---" : "---:")], .. _rows])
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        return text.ToString();
    }
}
