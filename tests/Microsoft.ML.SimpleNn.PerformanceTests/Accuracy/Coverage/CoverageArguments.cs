using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Coverage;

/// <summary>The options of the command "accuracy coverage".</summary>
internal sealed class CoverageArguments
{
    /// <summary>The folder with the data sets.</summary>
    public string Data { get; private set; } = Path.Combine("..", "shared", "data");

    /// <summary>What the names of the data sets contain, one of these; empty for all.</summary>
    public string[] Only { get; private set; } = [];

    /// <summary>The coverage that is asked for.</summary>
    public float Coverage { get; private set; } = 0.9f;

    /// <summary>How many seeds there are, from 0.</summary>
    public int Seeds { get; private set; } = 5;

    /// <summary>The networks of the ensemble.</summary>
    public int Networks { get; private set; } = 1;

    /// <summary>Reads the arguments after "accuracy coverage".</summary>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static CoverageArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new CoverageArguments();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new FormatException($"{args[i]} needs a value.");
            string value = args[i + 1];
            switch (args[i])
            {
                case "--data": arguments.Data = value; break;
                case "--only": arguments.Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries); break;
                case "--coverage": arguments.Coverage = float.Parse(value, CultureInfo.InvariantCulture); break;
                case "--seeds": arguments.Seeds = ParseCount(args[i], value); break;
                case "--networks": arguments.Networks = ParseCount(args[i], value); break;
                default: throw new FormatException($"There is no option {args[i]}; --help lists them.");
            }
        }

        if (!Directory.Exists(arguments.Data)) throw new FormatException($"There is no folder {arguments.Data}: say with --data where the data sets are.");
        return arguments;
    }

    /// <summary>Whether a data set was asked for, and has labels that intervals or prediction sets are made of.</summary>
    public bool Wants(AccuracySet set) =>
        set is TableSet and not CaliforniaInterval && set.Problem is Problem.Regression or Problem.Multiclass
        && (Only.Length == 0 || Only.Any(text => set.Name.Contains(text, StringComparison.OrdinalIgnoreCase)));

    private static int ParseCount(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1
            ? count
            : throw new FormatException($"{option} takes a whole number from 1, but '{text}' was given.");
}
