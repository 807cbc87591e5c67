namespace Microsoft.ML.SimpleNn.Tests.Errors;

/// <summary>docs/ERRORS.md is what the tables say.</summary>
[TestClass]
public sealed class ErrorsPageTests
{
    private static string Path => System.IO.Path.Combine(Repository.Root, "docs", "ERRORS.md");

    [TestMethod]
    public void The_page_is_made_of_the_tables_of_the_tests()
    {
        if (Environment.GetEnvironmentVariable("SIMPLENN_WRITE_DOCS") == "1") File.WriteAllText(Path, ErrorsPage.Text());
        Assert.AreEqual(ErrorsPage.Text(), File.ReadAllText(Path).ReplaceLineEndings("\n"), "run the tests with SIMPLENN_WRITE_DOCS=1, and look at what has changed");
    }

    [TestMethod]
    public void The_page_has_sixty_rows_or_more_besides_those_of_single_options() => Assert.IsGreaterThanOrEqualTo(60, ErrorsPage.Tables.Sum(table => table.Cases.Length));
}
