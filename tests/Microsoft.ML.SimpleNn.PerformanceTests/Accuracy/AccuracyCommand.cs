using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The command "accuracy": the tables of docs/ACCURACY.md.</summary>
internal static class AccuracyCommand
{
    /// <summary>What --help prints.</summary>
    public const string Help = """
        accuracy: trains on real data sets and prints what ML.NET's evaluators say, as a table in Markdown.

          --data DIR        the folder with the data sets; default: ../shared/data
          --only TEXT       only the data sets whose name contains TEXT
          --variants TEXT   not the defaults, but the variants whose name contains TEXT; '*' for all
          --seeds N         how often, with the seeds 0 to N - 1; default: 5
        """;

    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments after "accuracy".</param>
    /// <param name="output">Takes the table.</param>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static void Run(ReadOnlySpan<string> args, TextWriter output)
    {
        (string folder, string only, string? variants, int seeds) = (Path.Combine("..", "shared", "data"), "", null, 5);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new FormatException($"{args[i]} needs a value.");
            string value = args[i + 1];
            switch (args[i])
            {
                case "--data": folder = value; break;
                case "--only": only = value; break;
                case "--variants": variants = value; break;
                case "--seeds": seeds = ParseSeeds(value); break;
                default: throw new FormatException($"There is no option {args[i]}; --help lists them.");
            }
        }

        if (!Directory.Exists(folder)) throw new FormatException($"There is no folder {folder}: say with --data where the data sets are.");
        AccuracyTask[] tasks = [.. All(folder).Where(task => task.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        Variant[] chosen = variants == null
            ? [Variants.Defaults]
            : [.. Variants.All.Concat(Variants.Documented).Where(variant => variants == "*" || variant.Name.Contains(variants, StringComparison.OrdinalIgnoreCase))];
        AccuracyRun.Run(tasks, chosen, seeds, output);
    }

    private static AccuracyTask[] All(string folder) =>
    [
        new Adult(folder), new CaliforniaHousing(folder), new CaliforniaInterval(folder), CrossValidatedTable.Wdbc(folder), CrossValidatedTable.Optdigits(folder), new SmsSpam(folder), new A9a(folder), new Mnist(folder),
    ];

    private static int ParseSeeds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) && seeds >= 1
            ? seeds
            : throw new FormatException($"--seeds takes a whole number from 1, but '{text}' was given.");
}
