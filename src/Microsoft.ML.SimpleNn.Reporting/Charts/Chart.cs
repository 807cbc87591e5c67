using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Microsoft.ML.SimpleNn.Reporting;

/// <summary>A chart with two axes: curves, points and bars.</summary>
internal sealed class Chart
{
    private const double FontSize = 12;
    private readonly PlotModel _plot;
    private readonly LinearAxis _horizontal, _vertical;
    private readonly List<(string Name, string Color)> _legend = [];
    private readonly string _title;

    /// <summary>Begins a chart.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="horizontal">What lies along the horizontal axis, with its unit.</param>
    /// <param name="vertical">What lies along the vertical axis, with its unit.</param>
    public Chart(string title, string horizontal, string vertical)
    {
        _title = title;
        _plot = new PlotModel
        {
            DefaultFont = "Liberation Sans, Arial, sans-serif",
            DefaultFontSize = FontSize,
            TextColor = ChartColor.Text,
            PlotAreaBorderColor = ChartColor.Grid,
            Background = OxyColors.Undefined,
            Culture = System.Globalization.CultureInfo.InvariantCulture,
        };
        (_horizontal, _vertical) = (Axis(AxisPosition.Bottom, horizontal), Axis(AxisPosition.Left, vertical));
        _plot.Axes.Add(_horizontal);
        _plot.Axes.Add(_vertical);
    }

    /// <summary>Both axes go from 0 to 1.</summary>
    public Chart OfFractions()
    {
        foreach (LinearAxis axis in (LinearAxis[])[_horizontal, _vertical])
            (axis.Minimum, axis.Maximum, axis.MajorStep, axis.StringFormat) = (0, 1, 0.2, "0.0");
        return this;
    }

    /// <summary>The vertical axis begins at 0.</summary>
    public Chart FromZero()
    {
        _vertical.Minimum = 0;
        return this;
    }

    /// <summary>The horizontal axis has whole numbers, such as epochs.</summary>
    public Chart OfWholeNumbers()
    {
        _horizontal.MinimumMajorStep = 1;
        return this;
    }

    /// <summary>Adds a curve.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="points">Its points; those that are not finite are left out.</param>
    /// <param name="withMarks">Whether the points are marked.</param>
    public Chart Curve(string name, IEnumerable<(double X, double Y)> points, bool withMarks = false)
    {
        var series = new LineSeries { Color = NextColor(name), StrokeThickness = 1.8, Decimator = Decimator.Decimate };
        series.Points.AddRange(points.Where(IsFinite).Select(point => new DataPoint(point.X, point.Y)));
        if (withMarks || series.Points.Count == 1)
            (series.MarkerType, series.MarkerSize, series.MarkerFill) = (MarkerType.Circle, 3, series.Color);
        _plot.Series.Add(series);
        return this;
    }

    /// <summary>Adds points.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="points">The points; those that are not finite are left out.</param>
    public Chart Points(string name, IEnumerable<(double X, double Y)> points)
    {
        var series = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2, MarkerFill = NextColor(name) };
        series.Points.AddRange(points.Where(IsFinite).Select(point => new ScatterPoint(point.X, point.Y)));
        _plot.Series.Add(series);
        return this;
    }

    /// <summary>Adds the bars of a histogram.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="histogram">The histogram.</param>
    /// <param name="isOutline">Whether an outline is drawn, through which other bars are seen.</param>
    public Chart Bars(string name, Histogram histogram, bool isOutline = false)
    {
        OxyColor color = NextColor(name);
        if (isOutline)
        {
            var outline = new LineSeries { Color = color, StrokeThickness = 1.8 };
            outline.Points.AddRange(histogram.Outline.Select(point => new DataPoint(point.X, point.Y)));
            _plot.Series.Add(outline);
            return FromZero();
        }
        var series = new RectangleBarSeries { FillColor = color, StrokeThickness = 0 };
        for (int i = 0; i < histogram.Counts.Length; i++)
            series.Items.Add(new RectangleBarItem(histogram.Edge(i), 0, histogram.Edge(i + 1), histogram.Counts[i]));
        _plot.Series.Add(series);
        return FromZero();
    }

    /// <summary>Adds a dashed line at a place of the horizontal axis.</summary>
    public Chart VerticalLine(double x) => Line(new LineAnnotation { Type = LineAnnotationType.Vertical, X = x });

    /// <summary>Adds a dashed line at a height.</summary>
    public Chart HorizontalLine(double y) => Line(new LineAnnotation { Type = LineAnnotationType.Horizontal, Y = y });

    /// <summary>Adds the dashed line on which both numbers are equal.</summary>
    public Chart Diagonal() => Line(new LineAnnotation { Type = LineAnnotationType.LinearEquation, Slope = 1, Intercept = 0 });

    /// <summary>Draws the chart.</summary>
    /// <param name="description">What it shows, in words.</param>
    /// <param name="numbers">The numbers behind it; null for none.</param>
    public Figure Draw(string description, Table? numbers = null) =>
        new(_title, description, SvgDrawing.Of(_plot)) { Legend = _legend.Count > 1 ? _legend : [], Numbers = numbers };

    private static bool IsFinite((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static LinearAxis Axis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        AxislineColor = ChartColor.Quiet,
        TicklineColor = ChartColor.Quiet,
        TextColor = ChartColor.Quiet,
        TitleColor = ChartColor.Text,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = ChartColor.Grid,
        MajorGridlineThickness = 0.7,
        MinorTickSize = 0,
        MinimumPadding = 0.02,
        MaximumPadding = 0.04,
        UseSuperExponentialFormat = false,
        StringFormat = "#,0.######",
    };

    private Chart Line(LineAnnotation line)
    {
        (line.Color, line.LineStyle, line.StrokeThickness) = (ChartColor.Quiet, LineStyle.Dash, 1.2);
        _plot.Annotations.Add(line);
        return this;
    }

    private OxyColor NextColor(string name)
    {
        int index = _legend.Count;
        _legend.Add((name, ChartColor.SeriesVariable(index)));
        return ChartColor.Series(index);
    }
}
