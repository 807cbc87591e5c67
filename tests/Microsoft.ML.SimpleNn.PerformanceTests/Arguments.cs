using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests;

/// <summary>The command line.</summary>
internal sealed class Arguments
{
    /// <summary>What --help prints.</summary>
    public const string Help = """
        Times this library beside others, on the same numbers, in slices that alternate. Prints tables in Markdown.
        A time / ours above 1 means that this library is ahead. What takes part: TorchSharp, ONNX Runtime and LightGBM where the program
        was built with -p:Peers=true and their natives load, scikit-learn where the Python has it.

          --only LIST       only these tables, joined by commas: steps, products, optimizers, scoring, sparse, mnist, growth
          --shapes TEXT     only the shapes that contain TEXT
          --threads LIST    thread counts, joined by commas, of which each side's best counts; default: 1, and the machine's cores
          --rounds N        quiet rounds that a comparison needs; default: 15
          --seconds N       the longest to wait for them, for each comparison; default: 4
          --long            60 rounds, 60 seconds, and the whole range of sizes for growth
          --docs DIR        also writes pages and plots into DIR/benchmarks/<processor>
          --data DIR        the folder with the data sets; default: ../shared/data
          --python FILE     the Python to look for scikit-learn in; default: python3
          --sparse          training on sparse rows of 10,000 to 1,000,000 features instead, without a peer
          --rows N          its rows; default: 100000
          --epochs N        its epochs, 2 or more; default: 5
          --filter PATTERN  BenchmarkDotNet on the kernels instead, with this filter and the options that follow it; '*' runs all
          --help            this text
        """;

    /// <summary>The thread counts to measure with.</summary>
    public int[] Threads { get; private set; } = Environment.ProcessorCount > 1 ? [1, Environment.ProcessorCount] : [1];

    /// <summary>What is chosen by name: the tables to make, or the rows of --sparse; empty for all.</summary>
    public string Only { get; private set; } = "";

    /// <summary>What a shape must contain.</summary>
    public string Shapes { get; private set; } = "";

    /// <summary>The quiet rounds that a comparison needs.</summary>
    public int Rounds { get; private set; } = 15;

    /// <summary>The longest to wait for them.</summary>
    public int Seconds { get; private set; } = 4;

    /// <summary>Whether to measure longer, and to larger sizes.</summary>
    public bool Long { get; private set; }

    /// <summary>The folder of the documentation that takes tables and plots; null for none.</summary>
    public string? Docs { get; private set; }

    /// <summary>The folder with the data sets.</summary>
    public string Data { get; private set; } = Path.Combine("..", "shared", "data");

    /// <summary>The Python to look for scikit-learn in.</summary>
    public string Python { get; private set; } = "python3";

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
        var arguments = new Arguments { Sparse = args.Contains("--sparse"), Long = args.Contains("--long") };
        if (arguments.Long) (arguments.Rounds, arguments.Seconds) = (60, 60);
        args = [.. args.Where(arg => arg is not ("--sparse" or "--long"))];
        for (int i = 0; i < args.Length; i += 2)
        {
            string option = args[i];
            string? value = i + 1 < args.Length ? args[i + 1] : null;
            switch (option)
            {
                case "--threads": arguments.Threads = Array.ConvertAll(Required(option, value).Split(','), count => ParseCount(option, count)); break;
                case "--only": arguments.Only = Required(option, value); break;
                case "--shapes": arguments.Shapes = Required(option, value); break;
                case "--rounds": arguments.Rounds = ParseCount(option, value); break;
                case "--seconds": arguments.Seconds = ParseCount(option, value); break;
                case "--docs": arguments.Docs = Required(option, value); break;
                case "--data": arguments.Data = Required(option, value); break;
                case "--python": arguments.Python = Required(option, value); break;
                case "--rows": arguments.Rows = ParseCount(option, value); break;
                case "--epochs": arguments.Epochs = Math.Max(2, ParseCount(option, value)); break;
                default: throw new FormatException($"There is no option {option}; --help lists them.");
            }
        }

        return arguments;
    }

    private static string Required(string option, string? value) => value ?? throw new FormatException($"{option} needs a value.");

    private static int ParseCount(string option, string? text) =>
        int.TryParse(Required(option, text), NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1
            ? count
            : throw new FormatException($"{option} takes whole numbers from 1, but '{text}' was given.");
}
