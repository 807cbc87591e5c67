using System.Globalization;
using Microsoft.ML;

namespace Tutorials;

/// <summary>Tutorials of ML.NET as people know them, each with its own trainer and with SimpleNn: one line differs.</summary>
internal static class Program
{
    private const string Help = """
        Tutorials: tutorials of ML.NET, with the trainer of the tutorial and with SimpleNn.

        Usage: Tutorials iris iris-train.txt iris-test.txt [SEED]
               Tutorials taxi taxi-fare-train.csv taxi-fare-test.csv [SEED]
               Tutorials sentiment yelp_labelled.txt [SEED]

        The files are those of the tutorials: of iris and taxi in the repository
        dotnet/machinelearning-samples, of sentiment in the Sentiment Labelled Sentences of
        the UCI Machine Learning Repository. SEED is that of the MLContext (default: 0).
        """;

    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        int seed = 0;
        bool hasSeed = args.Length > 1 && int.TryParse(args[^1], NumberStyles.None, CultureInfo.InvariantCulture, out seed);
        string[] words = hasSeed ? args[..^1] : args;
        if (words.Skip(1).FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            error.WriteLine($"There is no file '{missing}'; --help says where it comes from.");
            return 1;
        }

        var ml = new MLContext(seed);
        switch (words)
        {
            case ["iris", var training, var test]: Iris.Run(ml, training, test, output); return 0;
            case ["taxi", var training, var test]: TaxiFare.Run(ml, training, test, output); return 0;
            case ["sentiment", var sentences]: Sentiment.Run(ml, sentences, output); return 0;
            case ["--help" or "-h"]: output.WriteLine(Help); return 0;
            default: error.WriteLine("Give the name of a sample and its files; --help explains."); return 1;
        }
    }
}
