namespace DigitImages;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        DigitImages: trains a small neural network on images in an ML.NET pipeline.

        Usage: DigitImages [--mnist DIR | --images DIR] [options]

          (neither)          draws 5,000 images of digits, learns from 4,000 of them and is
                             tested on the others
          --mnist DIR        the four MNIST files (train-images-idx3-ubyte, train-labels-idx1-ubyte,
                             t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte), each plain or .gz
          --images DIR       a folder with one folder of JPEG or PNG files for each class; four
                             fifths of each class are learnt from, one fifth is tested on

          --skip-damaged     leaves out images of --images that cannot be read, and counts them
                             (default: the first ends the program)
          --output DIR       where the model and the pictures are written
                             (default: artifacts/DigitImages)
          --hidden N,N,...   units of each hidden layer (default: the trainer's)
          --epochs N         the most epochs to train; training stops sooner when the
                             validation loss no longer falls (default: the trainer's)
          --seed N           decides every random choice; the same seed gives the same
                             model (default: 1)
          --help             this text

        Written to the output folder: model.zip (the trained pipeline), loss-curve.svg,
        confusion-matrix.svg and mistakes.png (the most confident mistakes). Ctrl+C ends the
        training early and keeps the best network so far.

        Example: DigitImages --images photos --hidden 128,64 --output photos-model
        """;

    public string? MnistFolder { get; private set; }

    public string? ImageFolder { get; private set; }

    public bool SkipDamaged { get; private set; }

    public string OutputFolder { get; private set; } = Path.Combine("artifacts", "DigitImages");

    public int[]? HiddenLayers { get; private set; }

    public int? NumberOfEpochs { get; private set; }

    public int Seed { get; private set; } = 1;

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
                case "--help" or "-h" or "-?": parsed.ShowHelp = true; break;
                case "--mnist": parsed.MnistFolder = Value(); break;
                case "--images": parsed.ImageFolder = Value(); break;
                case "--skip-damaged": parsed.SkipDamaged = true; break;
                case "--output": parsed.OutputFolder = Value(); break;
                case "--hidden": parsed.HiddenLayers = [.. Value().Split(',').Select(n => Number(n, minimum: 1))]; break;
                case "--epochs": parsed.NumberOfEpochs = Number(Value(), minimum: 1); break;
                case "--seed": parsed.Seed = Number(Value(), minimum: 0); break;
                default: throw new InputException($"The option '{option}' is not known; --help lists the options.");
            }

            string Value()
            {
                if (i + 1 == arguments.Count || arguments[i + 1].Length == 0 || arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                    throw new InputException($"The option {option} needs a value after it; --help shows an example.");
                return arguments[++i];
            }

            int Number(string text, int minimum) =>
                int.TryParse(text, out int number) && number >= minimum
                    ? number
                    : throw new InputException($"The option {option} needs whole numbers from {minimum} upwards, but '{text}' was given.");
        }

        if (parsed.MnistFolder is not null && parsed.ImageFolder is not null)
            throw new InputException("The options --mnist and --images exclude each other; give one of them.");
        return parsed;
    }
}
