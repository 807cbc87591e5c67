namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A chart with its title and its words for those who do not see it.</summary>
/// <param name="Title">The title.</param>
/// <param name="Description">What the chart shows, in a sentence or two.</param>
/// <param name="Svg">The drawing; it names its colours as variables of the page.</param>
internal sealed record Figure(string Title, string Description, string Svg)
{
    /// <summary>The curves by name, with the variables of their colours; empty where there is one only.</summary>
    public IReadOnlyList<(string Name, string Color)> Legend { get; init; } = [];

    /// <summary>The numbers behind the chart; null for none.</summary>
    public Table? Numbers { get; init; }

    /// <summary>Whether it keeps its size, and is scrolled where the page is narrower.</summary>
    public bool KeepsSize { get; init; }
}
