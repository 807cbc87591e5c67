using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    /// <summary>What --help prints.</summary>
    public const string Help = """
        Times the engine against libtorch, on the same numbers and as many threads, in slices that alternate.
        Prints a table in Markdown. A ratio above 1 means that the engine is ahead.

          --threads LIST    thread counts, joined by commas; default: 1, and the machine's cores
          --only TEXT       only the workloads whose name or shape contains TEXT
          --rounds N        quiet rounds that a row needs; default: 40
          --seconds N       the longest to wait for them, for each row; default: 60
          --sparse          training on sparse rows of 10,000 to 1,000,000 features instead, without a peer
          --rows N          its rows; default: 100000
          --epochs N        its epochs, 2 or more; default: 5
          --filter PATTERN  BenchmarkDotNet instead, with this filter and the options that follow it; '*' runs all
          --help            this text
        """;

    /// <summary>The thread counts to measure with.</summary>
    public int[] Threads { get; private set; } = Environment.ProcessorCount > 1 ? [1, Environment.ProcessorCount] : [1];

    /// <summary>What a workload's name or shape must contain.</summary>
    public string Only { get; private set; } = "";

    /// <summary>The quiet rounds that a row needs.</summary>
    public int Rounds { get; private set; } = 40;

    /// <summary>The longest to wait for them.</summary>
    public int Seconds { get; private set; } = 60;

    /// <summary>Whether to measure training on sparse rows.</summary>
    public bool Sparse { get; private set; }

    /// <summary>The sparse rows.</summary>
    public int Rows { get; private set; } = 100_000;

    /// <summary>The epochs of training on them.</summary>
    public int Epochs { get; private set; } = 5;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static Arguments Parse(string[] args)
    {
        var arguments = new Arguments();
        arguments.Sparse = args.Contains("--sparse");
        args = [.. args.Where(arg => arg != "--sparse")];
        for (int i = 0; i < args.Length; i += 2)
        {
            string option = args[i];
            if (option is not ("--threads" or "--only" or "--rounds" or "--seconds" or "--rows" or "--epochs")) throw new FormatException($"There is no option {option}; --help lists them.");
            if (i + 1 == args.Length) throw new FormatException($"{option} needs a value.");
            string value = args[i + 1];
            switch (option)
            {
                case "--threads": arguments.Threads = Array.ConvertAll(value.Split(','), count => ParseCount(option, count)); break;
                case "--only": arguments.Only = value; break;
                case "--rounds": arguments.Rounds = ParseCount(option, value); break;
                case "--rows": arguments.Rows = ParseCount(option, value); break;
                case "--epochs": arguments.Epochs = Math.Max(2, ParseCount(option, value)); break;
                default: arguments.Seconds = ParseCount(option, value); break;
            }
        }

        return arguments;
    }

    private static int ParseCount(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1
            ? count
            : throw new FormatException($"{option} takes whole numbers from 1, but '{text}' was given.");
}
