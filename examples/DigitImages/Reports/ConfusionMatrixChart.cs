using Microsoft.ML.Data;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace DigitImages.Reports;

/// <summary>Draws the confusion matrix as SVG: a cell says how many images of its row's class were taken for its column's class.</summary>
internal static class ConfusionMatrixChart
{
    private const double CellSize = 48;
    private const double Margins = 200;

    public static void Write(ConfusionMatrix matrix, IReadOnlyList<string> classNames, string path)
    {
        int classes = matrix.NumberOfClasses;
        var plot = new PlotModel { Title = "Confusion matrix" };
        plot.Axes.Add(ClassAxis(AxisPosition.Bottom, "predicted class", classNames));
        plot.Axes.Add(ClassAxis(AxisPosition.Left, "true class", classNames));
        plot.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Title = "share of the true class",
            StringFormat = "0%",
            Minimum = 0,
            Maximum = 1,
            Palette = OxyPalette.Interpolate(100, OxyColors.White, OxyColors.SteelBlue, OxyColors.MidnightBlue),
        });

        double[,] shares = new double[classes, classes];
        plot.Series.Add(new HeatMapSeries { X0 = 0, X1 = classes - 1, Y0 = 0, Y1 = classes - 1, Data = shares, Interpolate = false, RenderMethod = HeatMapRenderMethod.Rectangles });
        for (int truth = 0; truth < classes; truth++)
        {
            double imagesOfClass = Math.Max(1, matrix.Counts[truth].Sum());
            for (int predicted = 0; predicted < classes; predicted++)
            {
                double count = matrix.Counts[truth][predicted];
                double share = shares[predicted, truth] = count / imagesOfClass;
                plot.Annotations.Add(new TextAnnotation
                {
                    Text = $"{count:F0}",
                    TextPosition = new DataPoint(predicted, truth),
                    TextVerticalAlignment = VerticalAlignment.Middle,
                    TextColor = count == 0 ? OxyColors.LightGray : share < 0.4 ? OxyColors.Black : OxyColors.White,
                    Stroke = OxyColors.Transparent,
                    FontSize = 14,
                });
            }
        }
        double size = Margins + (CellSize * classes);
        Svg.Write(plot, size, size, path);
    }

    private static CategoryAxis ClassAxis(AxisPosition position, string title, IReadOnlyList<string> classNames)
    {
        var axis = new CategoryAxis { Position = position, Title = title, AxisTitleDistance = 10 };
        axis.Labels.AddRange(classNames);
        if (position == AxisPosition.Left)
            (axis.StartPosition, axis.EndPosition) = (1, 0); // the first class at the top, as in a table
        else if (classNames.Any(name => name.Length > 5))
            axis.Angle = -45;
        return axis;
    }
}
