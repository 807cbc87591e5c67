namespace Microsoft.ML.SimpleNn.Tests.Trainers;

/// <summary>docs/OPTIONS.md is what the documentation of the code says.</summary>
[TestClass]
public sealed class OptionsPageTests
{
    private static string Path => System.IO.Path.Combine(Repository.Root, "docs", "OPTIONS.md");

    [TestMethod]
    public void The_page_is_made_of_the_documentation_of_the_code()
    {
        if (Environment.GetEnvironmentVariable("SIMPLENN_WRITE_DOCS") == "1") File.WriteAllText(Path, OptionsPage.Text());
        Assert.AreEqual(OptionsPage.Text(), File.ReadAllText(Path).ReplaceLineEndings("\n"), "run the tests with SIMPLENN_WRITE_DOCS=1, and look at what has changed");
    }
}
