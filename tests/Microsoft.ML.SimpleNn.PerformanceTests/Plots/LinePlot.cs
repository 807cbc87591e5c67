namespace Microsoft.ML.SimpleNn.PerformanceTests.Plots;

/// <summary>Curves on logarithmic axes, each in a panel of its own, some with a dashed line for growth in proportion.</summary>
internal sealed class LinePlot(string name, string title) : Plot(name, title)
{
    private const int PanelsInRow = 3;
    private const double PanelWidth = 290, PanelHeight = 240, Left = 58, Right = 16, Top = 34, Bottom = 40, Head = 40;
    private readonly List<(string Label, bool IsProportional, (double X, double Y)[] Points)> _panels = [];

    /// <summary>Adds a panel.</summary>
    /// <param name="label">What x is.</param>
    /// <param name="isProportional">Whether y should grow as x, and a dashed line should say so.</param>
    /// <param name="points">The curve.</param>
    public void Add(string label, bool isProportional, params (double X, double Y)[] points) => _panels.Add((label, isProportional, points));

    protected override SvgCanvas? Draw(string title)
    {
        if (_panels.Count == 0) return null;
        int rows = (_panels.Count + PanelsInRow - 1) / PanelsInRow;
        var canvas = new SvgCanvas(PanelsInRow * PanelWidth, Head + (rows * PanelHeight));
        canvas.Text(16, 26, title, isTitle: true);
        for (int i = 0; i < _panels.Count; i++) DrawPanel(canvas, i % PanelsInRow * PanelWidth, Head + (i / PanelsInRow * PanelHeight), _panels[i].Label, _panels[i].IsProportional, _panels[i].Points);
        return canvas;
    }

    private static void DrawPanel(SvgCanvas canvas, double left, double top, string label, bool isProportional, (double X, double Y)[] points)
    {
        double bottom = top + PanelHeight - Bottom;
        var x = new Axis(points.Min(point => point.X), points.Max(point => point.X), left + Left, left + PanelWidth - Right, IsLogarithmic: true);
        var y = new Axis(points.Min(point => point.Y) / 1.5, points.Max(point => point.Y) * 1.5, bottom, top + Top, IsLogarithmic: true);
        canvas.Text((x.Start + x.End) / 2, bottom + 34, label, "middle");
        canvas.Text(left + Left, top + Top - 8, "seconds", "middle");
        foreach (double tick in Decades(x))
        {
            canvas.Line(x.Pixel(tick), bottom, x.Pixel(tick), y.End, "grid");
            canvas.Text(x.Pixel(tick), bottom + 16, Axis.Label(tick), "middle");
        }

        foreach (double tick in y.Ticks())
        {
            canvas.Line(x.Start, y.Pixel(tick), x.End, y.Pixel(tick), "grid");
            canvas.Text(x.Start - 6, y.Pixel(tick) + 4, Axis.Label(tick), "end");
        }

        canvas.Line(x.Start, bottom, x.End, bottom, "axis");
        canvas.Line(x.Start, bottom, x.Start, y.End, "axis");

        if (isProportional)
        {
            // Through the last point, from where it enters the panel.
            (double lastX, double lastY) = points[^1];
            double fromX = Math.Max(x.Least, lastX * y.Least / lastY);
            canvas.Line(x.Pixel(fromX), y.Pixel(lastY * fromX / lastX), x.Pixel(lastX), y.Pixel(lastY), "dashed");
        }

        canvas.Curve([.. points.Select(point => (x.Pixel(point.X), y.Pixel(point.Y)))], series: 0);
    }

    private static IEnumerable<double> Decades(Axis axis) =>
        Enumerable.Range(0, 10).Select(power => Math.Pow(10, power)).Where(tick => tick >= axis.Least && tick <= axis.Most);
}
