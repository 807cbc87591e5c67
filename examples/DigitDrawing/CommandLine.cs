using System.Globalization;
using DigitImages;

namespace DigitDrawing;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        DigitDrawing: a page on which you draw a digit, and a neural network says which it is.

        Usage: DigitDrawing [--mnist DIR] [--model FILE] [--port N]

          (nothing)      learns from digits that it makes itself
          --mnist DIR    learns from the four MNIST files in this folder, each plain or .gz
          --model FILE   the trained network: read where the file exists, else written
                         (default: artifacts/DigitDrawing/made.zip, with --mnist mnist.zip)
          --port N       the port on 127.0.0.1; 0 for one that is free (default: 5080)
          --help         this text
        """;

    public string? MnistFolder { get; private set; }

    public string ModelFile { get => field ?? Path.Combine("artifacts", "DigitDrawing", MnistFolder is null ? "made.zip" : "mnist.zip"); private set; }

    public int Port { get; private set; } = 5080;

    public bool ShowHelp { get; private set; }

    /// <exception cref="InputException">An option is unknown, incomplete or out of range.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new CommandLine();
        for (int i = 0; i < arguments.Count; i++)
        {
            string option = arguments[i];
            switch (option)
            {
                case "--help" or "-h": parsed.ShowHelp = true; break;
                case "--mnist": parsed.MnistFolder = Value(); break;
                case "--model": parsed.ModelFile = Value(); break;
                case "--port": parsed.Port = ToPort(Value()); break;
                default: throw new InputException($"There is no option '{option}'; --help lists them.");
            }

            string Value() => ++i < arguments.Count ? arguments[i] : throw new InputException($"The option {option} needs a value after it; --help explains.");
        }
        return parsed;
    }

    private static int ToPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
        ? port
        : throw new InputException($"The option --port needs a number from 0 to {ushort.MaxValue}, but '{text}' was given.");
}
