using Microsoft.ML.SimpleNn;
using Spectre.Console;

namespace DigitImages;

/// <summary>Shows the training epoch by epoch: a line for each, and on a terminal a bar below them.</summary>
internal sealed class EpochProgress(Action<EpochMetrics> show) : IProgress<EpochMetrics>
{
    /// <summary>Called by the trainer at the end of each epoch, in order, on the thread that trains.</summary>
    public void Report(EpochMetrics value) => show(value);

    /// <summary>Runs a training whose progress is shown on <paramref name="output"/>.</summary>
    public static T Show<T>(TextWriter output, Func<EpochProgress, T> train)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        // A bar is redrawn in place; in a file or a pipe that would leave a copy of it for every redraw.
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
            return train(new EpochProgress(epoch => output.WriteLine(Describe(epoch))));

        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("reading the images").IsIndeterminate();
                T result = train(new EpochProgress(epoch =>
                {
                    bar.IsIndeterminate(false).MaxValue(epoch.NumberOfEpochs).Value(epoch.Epoch).Description($"epoch {epoch.Epoch}/{epoch.NumberOfEpochs}");
                    console.WriteLine(Describe(epoch));
                }));
                bar.StopTask();
                return result;
            });
    }

    /// <summary>One line on an epoch: its losses, and how many of the validation images it gets right.</summary>
    internal static string Describe(EpochMetrics epoch)
    {
        string line = $"epoch {epoch.Epoch,3}/{epoch.NumberOfEpochs}  loss {epoch.TrainingLoss:F4}";
        if (epoch.ValidationLoss is { } loss)
            line += $"  validation loss {loss:F4}";
        if (epoch.ValidationAccuracy is { } accuracy)
            line += $"  accuracy {accuracy:P1}";
        return epoch.IsBest ? line + "  best" : line;
    }
}
