using DigitDrawing.Model;
using DigitDrawing.Server;
using DigitImages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.ML;

namespace DigitDrawing;

/// <summary>The command line: trains or loads the network, and serves the page until Ctrl+C.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            CommandLine commandLine = CommandLine.Parse(args);
            if (commandLine.ShowHelp)
                output.WriteLine(CommandLine.Help);
            else
                await Serve(commandLine, output);
            return 0;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException or FormatException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static async Task Serve(CommandLine commandLine, TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        using var recognizers = new RecognizerPool(ml, LoadOrTrain(ml, commandLine, output), Environment.ProcessorCount);
        await using WebApplication server = DrawingServer.Create(recognizers, commandLine.Port);
        await server.StartAsync();
        output.WriteLine($"Draw on {server.Urls.Single()}     Ctrl+C ends");
        await server.WaitForShutdownAsync();
    }

    private static ITransformer LoadOrTrain(MLContext ml, CommandLine commandLine, TextWriter output)
    {
        string file = commandLine.ModelFile;
        if (File.Exists(file))
        {
            output.WriteLine($"The network is read from {file}; delete the file to train another.");
            return ml.Model.Load(file, out _);
        }

        // Made first: a folder that cannot be written must not be found out after the training.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        ITransformer model = DigitTraining.Run(ml, commandLine.MnistFolder, output);
        ml.Model.Save(model, ml.Data.LoadFromEnumerable<Digits.DigitRow>([]).Schema, file);
        output.WriteLine($"Saved as {file}");
        return model;
    }
}
