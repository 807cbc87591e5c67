using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Plots;

/// <summary>Bars from left to right, a group for each thing that was measured, a bar in it for each series.</summary>
internal sealed class BarPlot(string name, string title, string[] series) : Plot(name, title)
{
    private const double Width = 860, Left = 210, Right = 70, Top = 72, Bottom = 34, BarHeight = 14, GroupGap = 10;
    private readonly List<(string Label, double[] Values)> _groups = [];

    /// <summary>Whether equal ratios lie as far apart.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The number that the bars begin at where the axis is logarithmic; marked by a line.</summary>
    public double Reference { get; init; }

    /// <summary>The end of the axis; null to see it from the numbers.</summary>
    public double? Maximum { get; init; }

    /// <summary>Adds a group; NaN for a bar that there is not.</summary>
    public void Add(string label, params double[] values) => _groups.Add((label, values));

    protected override SvgCanvas? Draw(string title)
    {
        double[] finite = [.. _groups.SelectMany(group => group.Values).Where(double.IsFinite)];
        if (finite.Length == 0) return null;
        int[] shown = [.. Enumerable.Range(0, series.Length).Where(i => _groups.Any(group => double.IsFinite(group.Values[i])))];
        double groupHeight = (shown.Length * BarHeight) + GroupGap, bottom = Top + (_groups.Count * groupHeight);
        var canvas = new SvgCanvas(Width, bottom + Bottom);
        double least = IsLogarithmic ? Math.Min(0.5, finite.Min()) : 0;
        var axis = new Axis(least, Maximum ?? finite.Max() * 1.1, Left, Width - Right, IsLogarithmic);

        canvas.Text(16, 26, title, isTitle: true);
        for (int i = 0; i < shown.Length; i++)
        {
            canvas.Box(Left + (i * 200), 43, 12, 12, shown[i]);
            canvas.Text(Left + (i * 200) + 18, 53, series[shown[i]]);
        }

        foreach (double tick in axis.Ticks())
        {
            canvas.Line(axis.Pixel(tick), Top - 6, axis.Pixel(tick), bottom, "grid");
            canvas.Text(axis.Pixel(tick), bottom + 18, Axis.Label(tick), "middle");
        }

        for (int group = 0; group < _groups.Count; group++)
        {
            double y = Top + (group * groupHeight);
            canvas.Text(Left - 10, y + (shown.Length * BarHeight / 2) + 4, _groups[group].Label, "end");
            foreach (int i in shown)
            {
                double value = _groups[group].Values[i];
                if (double.IsFinite(value))
                {
                    double zero = axis.Pixel(IsLogarithmic ? Reference : 0), end = axis.Pixel(value);
                    canvas.Box(Math.Min(zero, end), y, Math.Max(1, Math.Abs(end - zero)), BarHeight - 1, i);
                    canvas.Text(Math.Max(zero, end) + 5, y + BarHeight - 3, value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture));
                }

                y += BarHeight;
            }
        }

        canvas.Line(axis.Pixel(IsLogarithmic ? Reference : 0), Top - 6, axis.Pixel(IsLogarithmic ? Reference : 0), bottom, "limit");
        return canvas;
    }
}
