using Microsoft.ML.SimpleNn.PerformanceTests.Plots;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>The pages of this machine: a file of Markdown for each table, with its plots beside it. A page is generated as a whole, and replaced as a whole.</summary>
/// <param name="docs">The folder of the documentation.</param>
/// <param name="kind">The folder in it that has a folder for each processor: "benchmarks" or "accuracy".</param>
internal sealed class MachinePages(string docs, string kind)
{
    private readonly string _folder = Path.Combine(docs, kind, Machine.FolderName);

    /// <summary>Writes a page and its plots.</summary>
    /// <param name="name">The file's name, without its ending.</param>
    /// <param name="title">The heading.</param>
    /// <param name="text">Tables in Markdown, and what they show.</param>
    /// <param name="plots">What the page ends with.</param>
    public void Write(string name, string title, string text, IEnumerable<Plot> plots)
    {
        Directory.CreateDirectory(_folder);
        IEnumerable<string> pictures = plots.Where(plot => plot.Save(_folder)).Select(plot => $"\n![{plot.Title}]({plot.FileName})\n");
        File.WriteAllText(Path.Combine(_folder, name + ".md"), $"# {title}\n\n{text.TrimEnd('\n')}\n{string.Concat(pictures)}");
    }
}
