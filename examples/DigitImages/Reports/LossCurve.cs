using Microsoft.ML.SimpleNn;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace DigitImages.Reports;

/// <summary>Draws how the losses fell and the validation accuracy rose from epoch to epoch, as SVG.</summary>
internal static class LossCurve
{
    private const string AccuracyAxis = "accuracy";

    public static void Write(TrainingHistory history, string path)
    {
        var plot = new PlotModel { Title = "Training", Subtitle = $"the network of epoch {history.BestEpoch} (dashed line) is kept" };
        plot.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.BottomCenter, LegendOrientation = LegendOrientation.Horizontal });
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "epoch", Minimum = 0, MinimumMajorStep = 1, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.LightGray });
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = "loss (mean cross-entropy)", Minimum = 0, MaximumPadding = 0.05, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColors.LightGray });

        AddCurve(plot, history, "training loss", OxyColors.SteelBlue, epoch => epoch.TrainingLoss);
        AddCurve(plot, history, "validation loss", OxyColors.DarkOrange, epoch => epoch.ValidationLoss);
        if (history.Epochs.Any(epoch => epoch.ValidationAccuracy is not null))
        {
            plot.Axes.Add(new LinearAxis { Position = AxisPosition.Right, Key = AccuracyAxis, Title = "validation accuracy", Maximum = 1, StringFormat = "0.#%" });
            AddCurve(plot, history, "validation accuracy (right)", OxyColors.SeaGreen, epoch => epoch.ValidationAccuracy, AccuracyAxis);
        }
        plot.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Vertical, X = history.BestEpoch, Color = OxyColors.Gray });
        Svg.Write(plot, width: 800, height: 500, path);
    }

    private static void AddCurve(PlotModel plot, TrainingHistory history, string title, OxyColor color, Func<EpochMetrics, double?> value, string? axis = null)
    {
        var curve = new LineSeries { Title = title, Color = color, MarkerType = MarkerType.Circle, MarkerSize = 3, YAxisKey = axis };
        foreach (EpochMetrics epoch in history.Epochs)
        {
            if (value(epoch) is { } y)
                curve.Points.Add(new DataPoint(epoch.Epoch, y));
        }
        if (curve.Points.Count > 0)
            plot.Series.Add(curve);
    }
}
