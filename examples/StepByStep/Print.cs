using System.Globalization;

namespace StepByStep;

/// <summary>Prints steps and their numbers.</summary>
internal static class Print
{
    /// <summary>Prints a step's heading and formula.</summary>
    public static void Heading(string title, string formula)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine("  " + formula);
    }

    /// <summary>Prints named values, with the digits that a float has, 8.</summary>
    public static void Values(string name, ReadOnlySpan<float> values) => Console.WriteLine($"  {name,-22} [{Join(values)}]");

    /// <summary>Prints a matrix, a row on a line.</summary>
    public static void Matrix(string name, float[] values, int columns)
    {
        for (int i = 0; i < values.Length; i += columns) Values(i == 0 ? name : "", values.AsSpan(i, columns));
    }

    /// <summary>Prints a gradient beside its numerical twin.</summary>
    public static void Gradients(string name, ReadOnlySpan<float> backpropagation, ReadOnlySpan<float> numerical)
    {
        Values(name, backpropagation);
        Values("  numerical", numerical);
    }

    private static string Join(ReadOnlySpan<float> values)
    {
        var texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = (values[i] == 0 ? 0 : values[i]).ToString("G8", CultureInfo.InvariantCulture);
        return string.Join(", ", texts);
    }
}
