namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>A document in Markdown with marked places: what stands between a mark and its end was generated, and is generated again.</summary>
internal sealed class DocumentSections(string file)
{
    /// <summary>Replaces what stands in a place, in the file.</summary>
    /// <exception cref="FormatException">The document has no such place.</exception>
    public void Replace(string name, string text)
    {
        string begin = $"<!-- begin {name} -->\n", end = $"<!-- end {name} -->";
        string document = File.ReadAllText(file);
        int from = document.IndexOf(begin, StringComparison.Ordinal), to = document.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new FormatException($"{file} has no place for the table {name}: lines '{begin.TrimEnd()}' and '{end}'.");
        File.WriteAllText(file, document[..(from + begin.Length)] + text.TrimEnd('\n') + "\n" + document[to..]);
    }
}
