namespace Microsoft.ML.SimpleNn.PerformanceTests.Plots;

/// <summary>A plot, as a file of SVG.</summary>
/// <param name="name">The file's name, without its ending.</param>
/// <param name="title">What stands above it.</param>
internal abstract class Plot(string name, string title)
{
    /// <summary>Writes the file; nothing where there is nothing to show.</summary>
    public void Save(string folder)
    {
        if (Draw(title) is not { } svg) return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".svg"), svg.ToString());
    }

    /// <summary>Draws it; null where there is nothing to show.</summary>
    protected abstract SvgCanvas? Draw(string title);
}
