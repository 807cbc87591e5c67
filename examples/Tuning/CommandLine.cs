using System.Globalization;
using Microsoft.ML.Trainers.SimpleNn;

namespace Tuning;

/// <summary>Which tables to search with, and how much to try.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        Tuning: searches for options that learn a table better than the defaults.

        Usage: Tuning [--adult DIR] [--housing DIR] [--minutes N | --configurations N]

          (nothing)           makes a table of people and one of houses
          --adult DIR         the folder of adult.data and adult.test (UCI Adult)
          --housing DIR       the folder of cal_housing.data (California housing)
          --minutes N         searches each table for so long
          --configurations N  tries so many configurations; 27 where nothing is said
        """;

    /// <summary>The folder of Adult; null for none.</summary>
    public string? Adult { get; private init; }

    /// <summary>The folder of California housing; null for none.</summary>
    public string? Housing { get; private init; }

    private double? Minutes { get; init; }

    private int? Configurations { get; init; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">They cannot be used; the message says why.</exception>
    public static CommandLine Parse(string[] args)
    {
        var line = new CommandLine();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            line = args[i] switch
            {
                "--adult" => line with { Adult = Folder(args[i], value) },
                "--housing" => line with { Housing = Folder(args[i], value) },
                "--minutes" => line with { Minutes = Number(args[i], value) },
                "--configurations" => line with { Configurations = (int)Math.Ceiling(Number(args[i], value)) },
                _ => throw new FormatException($"There is no option {args[i]}; --help lists them."),
            };
        }

        return line;
    }

    /// <summary>The settings of a search.</summary>
    public TuningSettings<TOptions> Settings<TOptions>(IProgress<TuningTrial<TOptions>> progress)
        where TOptions : SimpleNnOptionsBase => new()
        {
            NumberOfConfigurations = Configurations,
            TimeBudget = Minutes is double minutes ? TimeSpan.FromMinutes(minutes) : null,
            Progress = progress,
        };

    private static string Folder(string option, string value) =>
        Directory.Exists(value) ? value : throw new FormatException($"{option} needs a folder that exists; --help explains.");

    private static double Number(string option, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 100_000
            ? number
            : throw new FormatException($"{option} needs a number above 0, up to 100000; --help explains.");
}
