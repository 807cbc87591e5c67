using System.Globalization;
using System.Security;
using System.Text;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Plots;

/// <summary>Lines, boxes and words as SVG, on a ground of its own that is dark where the reader prefers it so.</summary>
/// <param name="width">The width, in pixels.</param>
/// <param name="height">The height, in pixels.</param>
internal sealed class SvgCanvas(double width, double height)
{
    private readonly StringBuilder _elements = new();

    /// <summary>A line; its class is "axis", "grid", "limit" or "dashed".</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Add($"""<line class="{style}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");

    /// <summary>A box in the colour of a series.</summary>
    public void Box(double x, double y, double boxWidth, double boxHeight, int series) =>
        Add($"""<rect class="fill{series}" x="{x:0.#}" y="{y:0.#}" width="{boxWidth:0.#}" height="{boxHeight:0.#}"/>""");

    /// <summary>A line through points, each with a dot, in the colour of a series.</summary>
    public void Curve(IReadOnlyList<(double X, double Y)> points, int series)
    {
        Add($"""<polyline class="line{series}" points="{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")))}"/>""");
        foreach ((double x, double y) in points) Add($"""<circle class="fill{series}" cx="{x:0.#}" cy="{y:0.#}" r="3"/>""");
    }

    /// <summary>Words; the anchor is "start", "middle" or "end", and says which part of them is at x.</summary>
    public void Text(double x, double y, string text, string anchor = "start", bool isTitle = false) =>
        Add($"""<text class="{(isTitle ? "title" : "label")}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{SecurityElement.Escape(text)}</text>""");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{{width}}" height="{{height}}" viewBox="0 0 {{width}} {{height}}" font-family="system-ui, 'DejaVu Sans', sans-serif">
        <style>
        svg { --ground: #ffffff; --ink: #24292f; --soft: #d0d7de; --c0: #2563eb; --c1: #d97706; --c2: #059669; }
        @media (prefers-color-scheme: dark) { svg { --ground: #161b22; --ink: #e6edf3; --soft: #3d444d; --c0: #60a5fa; --c1: #fbbf24; --c2: #34d399; } }
        .ground { fill: var(--ground); } .title { font-size: 15px; font-weight: 600; } .label { font-size: 12px; } text { fill: var(--ink); }
        .axis, .limit, .dashed { stroke: var(--ink); } .grid { stroke: var(--soft); } .limit { stroke-width: 2; } .dashed { stroke-dasharray: 5 4; opacity: 0.6; }
        .fill0 { fill: var(--c0); } .fill1 { fill: var(--c1); } .fill2 { fill: var(--c2); }
        polyline { fill: none; stroke-width: 2; } .line0 { stroke: var(--c0); } .line1 { stroke: var(--c1); } .line2 { stroke: var(--c2); }
        </style>
        <rect class="ground" width="{{width}}" height="{{height}}" rx="6"/>
        {{_elements}}</svg>

        """);

    private void Add(FormattableString element) => _elements.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
