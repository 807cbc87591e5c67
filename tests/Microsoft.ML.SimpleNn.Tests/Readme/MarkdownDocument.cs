using System.Text.RegularExpressions;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>A document in Markdown, taken apart.</summary>
/// <param name="path">Its path from the root of the repository.</param>
internal sealed partial class MarkdownDocument(string path)
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>All documents that users and contributors read, by their paths from the root of the repository.</summary>
    public static IEnumerable<string> Paths => Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Concat(["README.md", "CONTRIBUTING.md", "SECURITY.md", "nuget/package-readme.md", "nuget/onnx-readme.md", "nuget/reporting-readme.md", "nuget/README.md"]).Order(StringComparer.Ordinal);

    /// <summary>Its lines.</summary>
    public string[] Lines => _text.TrimEnd('\n').Split('\n');

    /// <summary>What stands between the marks of C#.</summary>
    public IEnumerable<string> CodeBlocks => BlocksOf("csharp");

    /// <summary>All that stands between marks, with the language that the first mark names.</summary>
    public IEnumerable<(string Language, string Text)> Blocks => NamedBlock().Matches(_text).Select(block => (block.Groups[1].Value, block.Groups[2].Value));

    /// <summary>What the links lead to, but for other sites.</summary>
    public IEnumerable<string> Links => Link().Matches(WithoutCode(_text)).Select(link => link.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal));

    /// <summary>What stands between the marks of a language.</summary>
    public IEnumerable<string> BlocksOf(string language) => Blocks.Where(block => block.Language == language).Select(block => block.Text);

    /// <summary>Paragraphs and items of lists, a line each; code within a line counts as one word. Headings, tables and blocks of code are left out.</summary>
    public IEnumerable<string> Paragraphs
    {
        get
        {
            string paragraph = "";
            foreach (string line in WithoutCode(_text).Split('\n').Append(""))
            {
                bool isItem = ListItem().IsMatch(line);
                bool isProse = line.Length > 0 && !line.StartsWith('|') && !line.StartsWith('#') && !line.StartsWith("<!--", StringComparison.Ordinal);
                if (paragraph.Length > 0 && (isItem || !isProse))
                {
                    yield return paragraph;
                    paragraph = "";
                }

                if (isProse) paragraph = $"{paragraph} {line.Trim()}".Trim();
            }
        }
    }

    /// <summary>The cells of the tables, a line each.</summary>
    public IEnumerable<string> Cells => WithoutCode(_text).Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => line.Split('|', StringSplitOptions.TrimEntries));

    /// <summary>The anchors that its headings give, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors => Lines.Where(line => line.StartsWith('#'))
        .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The sentences of a paragraph.</summary>
    public static IEnumerable<string> Sentences(string paragraph) => SentenceEnd().Split(paragraph);

    /// <summary>The words of a sentence; a figure is one, a dash is none.</summary>
    public static int CountWords(string sentence) => sentence.Split(' ').Count(word => word.Any(char.IsLetterOrDigit));

    /// <summary>The text with each piece of code in a line as a word, and without blocks.</summary>
    private static string WithoutCode(string text) => CodeInLine().Replace(IndentedBlock().Replace(Block().Replace(text, ""), ""), "Code");

    [GeneratedRegex(@"^ *```(\w*)\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<=\n\n)(    .*\n)+")]
    private static partial Regex IndentedBlock();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex CodeInLine();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *(-|\d+\.) ")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex(@"(?<=[.!?][*)""]*) +(?=[*(""\[]*[A-Z0-9])")]
    private static partial Regex SentenceEnd();
}
