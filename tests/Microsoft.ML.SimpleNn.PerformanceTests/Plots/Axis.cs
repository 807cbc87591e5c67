using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Plots;

/// <summary>Where the numbers of a range lie in a plot.</summary>
/// <param name="Least">The number at the start.</param>
/// <param name="Most">The number at the end.</param>
/// <param name="Start">The pixel of the start.</param>
/// <param name="End">The pixel of the end.</param>
/// <param name="IsLogarithmic">Whether equal ratios, and not equal differences, lie as far apart.</param>
internal sealed record Axis(double Least, double Most, double Start, double End, bool IsLogarithmic)
{
    /// <summary>The pixel of a number.</summary>
    public double Pixel(double value) => Start + ((End - Start) * (Scale(value) - Scale(Least)) / (Scale(Most) - Scale(Least)));

    /// <summary>Numbers to mark: powers of ten, with 2 and 5 between where the range is short; or five even steps.</summary>
    public IEnumerable<double> Ticks()
    {
        if (!IsLogarithmic) return Enumerable.Range(0, 6).Select(i => Least + ((Most - Least) * i / 5));
        double decades = Math.Log10(Most / Least);
        double[] steps = decades < 4 ? [1, 2, 5] : [1];
        IEnumerable<double> ticks = Enumerable.Range((int)Math.Floor(Math.Log10(Least)), (int)decades + 2).SelectMany(power => steps.Select(step => step * Math.Pow(10, power)));
        const double roundOff = 1e-9;
        return ticks.Where(tick => tick >= Least * (1 - roundOff) && tick <= Most * (1 + roundOff));
    }

    /// <summary>A number in few letters.</summary>
    public static string Label(double value) => value switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#}M"),
        >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.#}k"),
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };

    private double Scale(double value) => IsLogarithmic ? Math.Log(value) : value;
}
