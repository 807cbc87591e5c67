using DigitImages.Data;
using Microsoft.ML;

namespace DigitImages;

/// <summary>The command line: chooses the images, runs the <see cref="MainJob"/>, and says in one sentence what is wrong with the input.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // The first Ctrl+C ends the training with the best network so far; a second one ends the process.
            pressed.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        };
        return Run(args, Console.Out, Console.Error, cancellation.Token);
    }

    /// <returns>The exit code: 0, or 1 when the input cannot be used.</returns>
    internal static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        try
        {
            CommandLine commandLine = CommandLine.Parse(args);
            if (commandLine.ShowHelp)
            {
                output.WriteLine(CommandLine.Help);
                return 0;
            }

            // Made first: a folder that cannot be written must not be found out after the training.
            Directory.CreateDirectory(commandLine.OutputFolder);
            var ml = new MLContext(commandLine.Seed);
            new MainJob(ml, commandLine, output).Run(OpenImages(ml, commandLine, output), cancellation);
            return 0;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Cancelled before the first epoch was over: there is no network to keep.");
        }
        return 1;
    }

    private static IImageData OpenImages(MLContext ml, CommandLine commandLine, TextWriter output)
    {
        if (commandLine.MnistFolder is { } mnist)
            return IdxImageData.Load(ml, mnist);
        if (commandLine.ImageFolder is { } folder)
            return ImageFileData.ColourPhotos(ml, ClassFolders.Load(folder, output, commandLine.SkipDamaged), commandLine.Seed);

        string digits = Path.Combine(commandLine.OutputFolder, "digits");
        output.WriteLine($"Drawing images of digits in {digits}");
        return ImageFileData.GreyDigits(
            ml,
            training: SyntheticDigits.Draw(Path.Combine(digits, "training"), imagesPerDigit: 400, commandLine.Seed),
            test: SyntheticDigits.Draw(Path.Combine(digits, "test"), imagesPerDigit: 100, commandLine.Seed + 1));
    }
}
