using System.Globalization;
using Microsoft.ML.Trainers.SimpleNn;
using Spectre.Console;

namespace Tuning;

/// <summary>Shows a search while it runs: on a terminal a table of the best trials so far, elsewhere a line for each.</summary>
internal static class TrialTable
{
    private const int Rows = 15;

    /// <summary>Runs a search whose trials are shown on <paramref name="output"/>.</summary>
    public static TuningResult<TOptions> Show<TOptions>(TextWriter output, Func<IProgress<TuningTrial<TOptions>>, TuningResult<TOptions>> search)
        where TOptions : SimpleNnOptionsBase
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        // A table is redrawn in place; in a file or a pipe that would leave a copy of it for every trial.
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
            return search(new Listener<TOptions>(trial => output.WriteLine(trial)));

        List<TuningTrial<TOptions>> trials = [];
        return console.Live(Draw(trials)).Start(context => search(new Listener<TOptions>(trial =>
        {
            trials.Add(trial);
            context.UpdateTarget(Draw(trials));
        })));
    }

    /// <summary>The trials of most epochs with the lowest losses.</summary>
    internal static Table Draw<TOptions>(IReadOnlyCollection<TuningTrial<TOptions>> trials)
        where TOptions : SimpleNnOptionsBase
    {
        Table table = new Table().AddColumns("no.", "round", "epochs", "validation loss", "seconds", "values").Caption($"{trials.Count} trials");
        foreach (TuningTrial<TOptions> trial in trials.OrderByDescending(trial => trial.IsLastRound).ThenByDescending(trial => trial.NumberOfEpochs)
            .ThenBy(trial => trial.ValidationLoss).Take(Rows))
            table.AddRow(Cells(trial).Select(cell => new Text(cell)));
        return table;
    }

    private static string[] Cells<TOptions>(TuningTrial<TOptions> trial)
        where TOptions : SimpleNnOptionsBase =>
    [
        Text($"{trial.Configuration}"), Text($"{trial.Round}"), Text($"{trial.NumberOfEpochs}"), Text($"{trial.ValidationLoss:G5}"),
        Text($"{trial.Duration.TotalSeconds:F1}"), trial.Description,
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Passes trials on, on the thread that trains.</summary>
    private sealed class Listener<TOptions>(Action<TuningTrial<TOptions>> show) : IProgress<TuningTrial<TOptions>>
        where TOptions : SimpleNnOptionsBase
    {
        public void Report(TuningTrial<TOptions> value) => show(value);
    }
}
