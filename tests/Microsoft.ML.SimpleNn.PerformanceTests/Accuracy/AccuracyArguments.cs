using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>The options of the command "accuracy".</summary>
internal sealed class AccuracyArguments
{
    private static readonly char[] Comma = [','];

    /// <summary>The folder with the data sets.</summary>
    public string Data { get; private set; } = Path.Combine("..", "shared", "data");

    /// <summary>What the names of the data sets contain, one of these; empty for all.</summary>
    public string[] Only { get; private set; } = [];

    /// <summary>The group of the data sets; null for both.</summary>
    public string? Group { get; private set; }

    /// <summary>What the names of the variants contain; null for the defaults.</summary>
    public string? Variants { get; private set; }

    /// <summary>How our trainer is called instead of by its variant.</summary>
    public string? Name { get; private set; }

    /// <summary>How many seeds there are, from 0.</summary>
    public int Seeds { get; private set; } = 5;

    /// <summary>The others that are run.</summary>
    public string[] Peers { get; private set; } = [];

    /// <summary>Trainers whose results in the file are shown as well.</summary>
    public string[] Beside { get; private set; } = [];

    /// <summary>Whether ours is run.</summary>
    public bool RunsOurs { get; private set; } = true;

    /// <summary>The Python to look for scikit-learn in.</summary>
    public string Python { get; private set; } = "python3";

    /// <summary>The file of all results; null for none.</summary>
    public string? Figures { get; private set; }

    /// <summary>The folder of the documentation that takes the tables; null for none.</summary>
    public string? Docs { get; private set; }

    /// <summary>Reads the arguments after "accuracy".</summary>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static AccuracyArguments Parse(ReadOnlySpan<string> args)
    {
        var arguments = new AccuracyArguments();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new FormatException($"{args[i]} needs a value.");
            string value = args[i + 1];
            switch (args[i])
            {
                case "--data": arguments.Data = value; break;
                case "--only": arguments.Only = value.Split(Comma, StringSplitOptions.RemoveEmptyEntries); break;
                case "--group": arguments.Group = ParseGroup(value); break;
                case "--variants": arguments.Variants = value; break;
                case "--as": arguments.Name = value; break;
                case "--seeds": arguments.Seeds = ParseSeeds(value); break;
                case "--peers": arguments.Peers = ParsePeers(value); break;
                case "--beside": arguments.Beside = value.Split(Comma, StringSplitOptions.RemoveEmptyEntries); break;
                case "--ours": arguments.RunsOurs = ParseYesOrNo(value); break;
                case "--python": arguments.Python = value; break;
                case "--figures": arguments.Figures = value; break;
                case "--docs": arguments.Docs = value; break;
                default: throw new FormatException($"There is no option {args[i]}; --help lists them.");
            }
        }

        if (!Directory.Exists(arguments.Data)) throw new FormatException($"There is no folder {arguments.Data}: say with --data where the data sets are.");
        return arguments;
    }

    /// <summary>Whether a data set was asked for.</summary>
    public bool Wants(AccuracySet set) =>
        (Only.Length == 0 ? set.Group != AccuracySet.Alone : Only.Any(text => set.Name.Contains(text, StringComparison.OrdinalIgnoreCase))) && (Group == null || set.Group == Group);

    private static string ParseGroup(string text) => text is AccuracySet.Choose or AccuracySet.Confirm
        ? text
        : throw new FormatException($"--group takes {AccuracySet.Choose} or {AccuracySet.Confirm}, but '{text}' was given.");

    private static bool ParseYesOrNo(string text) => text is "yes" or "no" ? text == "yes" : throw new FormatException($"--ours takes yes or no, but '{text}' was given.");

    private static int ParseSeeds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) && seeds >= 1
            ? seeds
            : throw new FormatException($"--seeds takes a whole number from 1, but '{text}' was given.");

    private static string[] ParsePeers(string text)
    {
        string[] peers = text == "all" ? [.. Others.Names] : text.Split(Comma, StringSplitOptions.RemoveEmptyEntries);
        return peers.Except(Others.Names).FirstOrDefault() is string unknown
            ? throw new FormatException($"There is no trainer {unknown}; there are {string.Join(", ", Others.Names)}.")
            : peers;
    }
}
