using System.Collections;
using System.Globalization;
using Microsoft.ML.SimpleNn;
using Microsoft.ML.SimpleNn.Kernels;

namespace Microsoft.ML.Trainers.SimpleNn;

/// <summary>One option of a search.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Draw">Draws a value, sets it, and gives it as text.</param>
internal sealed record TuningParameter<TOptions>(string Name, Func<TOptions, RandomSource, string> Draw)
{
    private const string ThreeDigits = "G3";

    /// <summary>A number between two ends.</summary>
    public static TuningParameter<TOptions> Range(string name, (float Least, float Most) ends, bool logScale, Action<TOptions, float> set) =>
        new(name, (options, random) =>
        {
            double part = random.NextFloat();
            double drawn = logScale
                ? ends.Least * ScalarMath.Power(ends.Most / (double)ends.Least, part)
                : ends.Least + part * (ends.Most - ends.Least);
            string text = drawn.ToString(ThreeDigits, CultureInfo.InvariantCulture);
            set(options, Math.Clamp(float.Parse(text, CultureInfo.InvariantCulture), ends.Least, ends.Most));
            return text;
        });

    /// <summary>One of some values.</summary>
    public static TuningParameter<TOptions> Choice<T>(string name, T[] values, Action<TOptions, T> set) => new(name, (options, random) =>
    {
        T drawn = values[random.NextInt(values.Length)];
        set(options, drawn);
        return Text(drawn);
    });

    private static string Text(object? value) => value switch
    {
        null => "by the data",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Text))}]",
        _ => value.ToString() ?? "",
    };
}
