using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.SimpleNn.Tests.Examples;

namespace Microsoft.ML.SimpleNn.Tests.Readme.Guide;

/// <summary>docs/guide: its code is run and prints what the pages say, and both languages show the same.</summary>
[TestClass]
public sealed class GuideTests
{
    private const int MostLines = 110;    // two screens

    private static readonly string[] QuickStart = ["03-first-model.md"];

    private static readonly Dictionary<string, Func<Task>> Code = new()
    {
        ["01-four-steps.md"] = Of(FourSteps.Run),
        ["02-learning.md"] = Of(Learning.Run),
        ["04-images.md"] = Of(Shapes.Run),
        ["05-tables-and-text.md"] = Of(TablesAndTexts.Run),
        ["06-several-outputs.md"] = Of(SeveralOutputs.Run),
        ["07-anomalies.md"] = Of(Pumps.Run),
        ["08-curves-and-options.md"] = Of(Curves.Run),
        ["09-memory-and-bits.md"] = Of(SameBits.Run),
        ["10-deployment.md"] = Deployment.Run,
    };

    public static IEnumerable<object[]> Chapters => Code.Keys.Concat(QuickStart).Select(chapter => new object[] { chapter });

    [TestMethod]
    public async Task The_code_of_each_chapter_prints_what_the_page_says()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            foreach ((string chapter, Func<Task> code) in Code)
                CollectionAssert.AreEqual(PrintedBy(chapter), (await Console.LinesOf(code)).ToArray(), chapter);
        }
        finally
        {
            File.Delete("fruit.zip");
            File.Delete("fruit.onnx");
        }
    }

    [TestMethod]
    public void The_quick_start_prints_what_the_page_says()
    {
        using var folder = new TemporaryFolder();
        string program = typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(QuickStart)).Value!;
        ProcessStartInfo start = new("dotnet", ["exec", program]) { RedirectStandardOutput = true, WorkingDirectory = folder.Root };
        using Process process = Process.Start(start)!;

        string[] lines = process.StandardOutput.ReadToEnd().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        process.WaitForExit();
        CollectionAssert.AreEqual(PrintedBy(QuickStart[0]), lines);
        Assert.IsTrue(File.Exists(folder["fruit.zip"]));
    }

    [TestMethod]
    [DynamicData(nameof(Chapters))]
    public void Both_languages_show_the_same_code_tables_pictures_and_links(string chapter)
    {
        MarkdownDocument english = new($"docs/guide/en/{chapter}"), japanese = new($"docs/guide/ja/{chapter}");

        CollectionAssert.AreEqual(english.Blocks.ToArray(), japanese.Blocks.ToArray());
        CollectionAssert.AreEqual(english.Links.Order(StringComparer.Ordinal).ToArray(), japanese.Links.Order(StringComparer.Ordinal).ToArray());
        Assert.AreEqual(english.Anchors.Count(), japanese.Anchors.Count(), "headings");
        Assert.AreEqual(english.Cells.Count(), japanese.Cells.Count(), "cells of tables");
    }

    [TestMethod]
    [DynamicData(nameof(Chapters))]
    public void A_chapter_takes_two_screens_and_is_in_the_index(string chapter)
    {
        string[] links = [.. new MarkdownDocument("docs/guide/README.md").Links];
        foreach (string page in new[] { $"en/{chapter}", $"ja/{chapter}" })
        {
            Assert.IsLessThanOrEqualTo(MostLines, new MarkdownDocument($"docs/guide/{page}").Lines.Length, page);
            Assert.Contains(page, links);
        }
    }

    [TestMethod]
    [DataRow("en")]
    [DataRow("ja")]
    public void Every_page_is_a_chapter_that_is_run(string language)
    {
        string[] pages = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "guide", language)).Select(path => Path.GetFileName(path))];

        CollectionAssert.AreEquivalent(Code.Keys.Concat(QuickStart).ToArray(), pages);
    }

    private static string[] PrintedBy(string chapter) =>
        [.. new MarkdownDocument($"docs/guide/en/{chapter}").BlocksOf("text").SelectMany(block => block.TrimEnd('\n').Split('\n'))];

    private static Func<Task> Of(Action code) => () =>
    {
        code();
        return Task.CompletedTask;
    };
}
