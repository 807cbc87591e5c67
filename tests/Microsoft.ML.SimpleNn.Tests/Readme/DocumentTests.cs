using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>README, docs and the package's readme: their code is compiled and run, their links lead somewhere, their sentences are short, their words are those of the glossary.</summary>
[TestClass]
public sealed class DocumentTests
{
    private const int LongestSentence = 40;

    public static IEnumerable<object[]> Documents => MarkdownDocument.Paths.Select(path => new object[] { path });

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void All_code_is_compiled_and_run(string path)
    {
        foreach (string block in new MarkdownDocument(path).CodeBlocks)
            Assert.Contains(ShownCode.Normalize(block), ShownCode.All, $"{path}: this block stands in no file of tests/Microsoft.ML.SimpleNn.Tests/Readme:\n{block}");
    }

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void Links_lead_to_a_file_and_a_heading(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string[] broken = [.. new MarkdownDocument(path).Links.Where(link => !LeadsSomewhere(link))];

        Assert.IsEmpty(broken, $"{path}: {string.Join(", ", broken)}");

        bool LeadsSomewhere(string link)
        {
            string[] parts = link.Split('#');
            string target = parts[0].Length == 0 ? path : Path.Combine(folder, parts[0]);
            if (!Path.Exists(Path.Combine(Repository.Root, target))) return false;
            return parts.Length == 1 || new MarkdownDocument(target).Anchors.Contains(parts[1]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void No_sentence_is_long(string path)
    {
        string[] tooLong = [.. Prose(path).SelectMany(MarkdownDocument.Sentences).Where(sentence => MarkdownDocument.CountWords(sentence) > LongestSentence)];

        Assert.IsEmpty(tooLong, $"{path}: more than {LongestSentence} words:\n{string.Join('\n', tooLong)}");
    }

    [TestMethod]
    [DynamicData(nameof(Documents))]
    public void No_word_is_one_that_the_glossary_avoids(string path)
    {
        string[] found = [.. Prose(path).SelectMany(paragraph => Glossary.WordsToAvoid.Where(word => Has(paragraph, word)).Select(word => $"'{word}' in: {paragraph}"))];

        Assert.IsEmpty(found, $"{path}:\n{string.Join('\n', found)}");

        static bool Has(string text, string word) => Regex.IsMatch(text, $@"\b{Regex.Escape(word)}\b", RegexOptions.IgnoreCase);
    }

    [TestMethod]
    public void The_glossary_names_words_to_avoid() => Assert.IsGreaterThan(20, Glossary.WordsToAvoid.Count);

    [TestMethod]
    [DataRow("README.md", 140)]
    [DataRow("docs/ARCHITECTURE.md", 100)]
    [DataRow("docs/BENCHMARKS.md", 150)]
    [DataRow("docs/ACCURACY.md", 120)]
    public void A_page_is_short(string path, int lines) => Assert.IsLessThanOrEqualTo(lines, new MarkdownDocument(path).Lines.Length);

    [TestMethod]
    public void The_package_s_readme_starts_as_README_does() =>
        Assert.AreEqual(new MarkdownDocument("README.md").CodeBlocks.First(), new MarkdownDocument("nuget/package-readme.md").CodeBlocks.First());

    [TestMethod]
    public void Every_catalog_method_has_an_example_that_is_compiled_and_run()
    {
        XElement[] methods = [.. CatalogMethods()];

        Assert.HasCount(new[] { typeof(SimpleNnExtensions), typeof(SimpleNnTuningExtensions) }.Sum(type => type.GetMethods().Count(method => method.IsStatic)), methods);
        foreach (XElement method in methods)
        {
            string? code = method.Element("example")?.Element("code")?.Value;
            Assert.IsNotNull(code, $"{method.Attribute("name")} has no example.");
            Assert.Contains(ShownCode.Normalize(code), ShownCode.All, $"{method.Attribute("name")}: this example stands in no file of tests/Microsoft.ML.SimpleNn.Tests/Readme:\n{code}");
        }
    }

    [TestMethod]
    public void All_code_between_marks_is_shown_somewhere()
    {
        string shown = string.Join('\n', MarkdownDocument.Paths.SelectMany(path => new MarkdownDocument(path).CodeBlocks).Concat(CatalogMethods().Select(method => method.Value)).Select(ShownCode.Normalize));

        string[] unused = [.. ShownCode.Parts.Where(part => !shown.Contains(part, StringComparison.Ordinal))];

        Assert.IsEmpty(unused, string.Join("\n\n", unused));
    }

    [TestMethod]
    public void Sentences_are_told_apart_and_their_words_counted()
    {
        string[] sentences = [.. MarkdownDocument.Sentences("It takes 2.5 s. **Then** it ends (at 3 s). \"So\", e.g. this, is one - too.")];

        Assert.HasCount(3, sentences);
        Assert.AreEqual(4, MarkdownDocument.CountWords(sentences[0]));
        Assert.AreEqual(6, MarkdownDocument.CountWords(sentences[1]));
        Assert.AreEqual(6, MarkdownDocument.CountWords(sentences[2]));
    }

    /// <summary>Paragraphs and cells of tables; not the cells of ERRORS.md and OPTIONS.md, which quote the library, nor those of GLOSSARY.md, which name the words to avoid.</summary>
    private static IEnumerable<string> Prose(string path)
    {
        var document = new MarkdownDocument(path);
        return path is "docs/ERRORS.md" or "docs/OPTIONS.md" or "docs/GLOSSARY.md" ? document.Paragraphs : document.Paragraphs.Concat(document.Cells);
    }

    private static IEnumerable<XElement> CatalogMethods() => XDocument.Load(Path.ChangeExtension(typeof(SimpleNnExtensions).Assembly.Location, ".xml")).Descendants("member")
        .Where(member => (string)member.Attribute("name")! is string name && (name.StartsWith("M:Microsoft.ML.SimpleNnExtensions.SimpleNn", StringComparison.Ordinal)
            || name.StartsWith("M:Microsoft.ML.SimpleNnTuningExtensions.TuneSimpleNn", StringComparison.Ordinal)));
}
