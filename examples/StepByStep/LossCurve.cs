using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace StepByStep;

/// <summary>Draws how the loss fell, step by step.</summary>
internal static class LossCurve
{
    private const int Rows = 12;
    private const int Columns = 60;

    /// <summary>Draws the curve with characters.</summary>
    public static void Write(IReadOnlyList<double> losses, TextWriter output)
    {
        double top = losses.Max();
        int columns = Math.Min(Columns, losses.Count);
        for (int row = Rows; row >= 0; row--)
        {
            string label = row % 4 == 0 ? (top * row / Rows).ToString("F2", CultureInfo.InvariantCulture) : "";
            var line = new char[columns];
            for (int column = 0; column < columns; column++)
            {
                double loss = losses[columns == 1 ? 0 : (int)((long)column * (losses.Count - 1) / (columns - 1))];
                line[column] = (int)Math.Round(loss / top * Rows) == row ? '*' : ' ';
            }

            output.WriteLine($"  {label,6} |{new string(line).TrimEnd()}");
        }

        output.WriteLine($"         +{new string('-', columns)}");
        output.WriteLine($"          step 1{$"step {losses.Count}".PadLeft(Math.Max(0, columns - 6))}");
        output.WriteLine();
    }

    /// <summary>Saves the curve as an SVG picture.</summary>
    public static void SaveSvg(IReadOnlyList<double> losses, string path)
    {
        var model = new PlotModel { Title = "The loss falls, step by step", Background = OxyColors.White };
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Title = "step", MinimumPadding = 0.02, MaximumPadding = 0.02 });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = "loss (mean squared error)", Minimum = 0, MaximumPadding = 0.05 });
        var curve = new LineSeries { Color = OxyColors.SteelBlue, StrokeThickness = 2, MarkerType = MarkerType.Circle, MarkerSize = 3 };
        for (int i = 0; i < losses.Count; i++) curve.Points.Add(new DataPoint(i + 1, losses[i]));
        model.Series.Add(curve);

        using FileStream stream = File.Create(path);
        new SvgExporter { Width = 640, Height = 400 }.Export(model, stream);
    }
}
