namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>The words that docs/GLOSSARY.md asks not to use: the last column of its tables.</summary>
internal static class Glossary
{
    /// <summary>The words, in small letters.</summary>
    public static IReadOnlyList<string> WordsToAvoid { get; } =
    [
        .. new MarkdownDocument("docs/GLOSSARY.md").Lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[^2]).Where(cell => cell != "do not use")
            .SelectMany(cell => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(word => word.ToLowerInvariant()),
    ];
}
