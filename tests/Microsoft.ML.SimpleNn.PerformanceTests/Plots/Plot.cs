namespace Microsoft.ML.SimpleNn.PerformanceTests.Plots;

/// <summary>A plot, as a file of SVG.</summary>
/// <param name="name">The file's name, without its ending.</param>
/// <param name="title">What stands above it.</param>
internal abstract class Plot(string name, string title)
{
    /// <summary>What stands above it.</summary>
    public string Title => title;

    /// <summary>The file's name.</summary>
    public string FileName => name + ".svg";

    /// <summary>Writes the file, unless there is nothing to show.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Save(string folder)
    {
        if (Draw(title) is not { } svg) return false;
        File.WriteAllText(Path.Combine(folder, FileName), svg.ToString());
        return true;
    }

    /// <summary>Draws it; null where there is nothing to show.</summary>
    protected abstract SvgCanvas? Draw(string title);
}
