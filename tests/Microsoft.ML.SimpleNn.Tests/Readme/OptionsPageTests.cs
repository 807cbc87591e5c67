using System.Reflection;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.Tests.Readme;

/// <summary>docs/choosing-options.md names every option, and every activation.</summary>
[TestClass]
public sealed class OptionsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "choosing-options.md"));

    [TestMethod]
    [DataRow(typeof(SimpleNnMulticlassTrainer.Options))]
    [DataRow(typeof(SimpleNnBinaryTrainer.Options))]
    [DataRow(typeof(SimpleNnRegressionTrainer.Options))]
    [DataRow(typeof(SimpleNnAutoencoderTrainer.Options))]
    public void The_page_names_every_option(Type options)
    {
        string[] missing = [.. options.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(option => option.Name).Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal))];

        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [TestMethod]
    public void The_page_names_every_activation() => Assert.Contains($"`{string.Join(", ", Enum.GetNames<Activation>())}`", Page);
}
