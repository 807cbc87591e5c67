using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Trainers.SimpleNn;
using Spectre.Console;
using Tuning;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

[TestClass]
public sealed class TuningTests
{
    [TestMethod]
    public void Tables_that_are_made_are_searched_a_line_for_each_trial_where_there_is_no_terminal()
    {
        (int exitCode, string output, string error) = Run("--configurations", "2");

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.AreEqual(2 * 3, Regex.Count(output, @"^ +\d+ +\d +14 +0\.\d+ +", RegexOptions.Multiline), output);
        Assert.AreEqual(2, Regex.Count(output, "Best of 2 configurations: "), output);
        Assert.AreEqual(2, Regex.Count(output, @"the options given  on test rows, 3 seeds: (log-loss|RMSE) [\d.]+ \(±[\d.]+\)"), output);
        Assert.AreEqual(2, Regex.Count(output, @"the best           on test rows, 3 seeds: (log-loss|RMSE) [\d.]+ \(±[\d.]+\)"), output);
    }

    [TestMethod]
    public void The_table_of_a_terminal_has_the_best_of_all_epochs_first()
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;

        console.Write(TrialTable.Draw([Trial(0, 60, 0.5), Trial(1, 7, 0.1), Trial(2, 60, 0.25)]));

        string[] rows = [.. output.ToString().Split('\n').Where(line => line.Contains("[8]", StringComparison.Ordinal))];
        CollectionAssert.AreEqual(new[] { "0.25", "0.5", "0.1" }, Array.ConvertAll(rows, row => Regex.Match(row, @"0\.\d+").Value), output.ToString());
        Assert.Contains("3 trials", output.ToString());
    }

    [TestMethod]
    public void Wrong_command_lines_end_in_one_sentence()
    {
        Assert.AreEqual((1, "", "There is no option --adults; --help lists them.\n"), Run("--adults", "."));
        Assert.AreEqual((1, "", "--housing needs a folder that exists; --help explains.\n"), Run("--housing", "no-such-folder"));
        Assert.AreEqual((1, "", "--minutes needs a number above 0, up to 100000; --help explains.\n"), Run("--minutes", "-1"));
        Assert.Contains("--configurations N", Run("--help").Output);
    }

    private static TuningTrial<SimpleNnRegressionTrainer.Options> Trial(int configuration, int epochs, double loss) => new()
    {
        Configuration = configuration,
        Options = new(),
        Values = [new("HiddenLayers", "[8]")],
        Round = 1,
        IsLastRound = epochs == 60,
        NumberOfEpochs = epochs,
        ValidationLoss = loss,
        Duration = TimeSpan.FromSeconds(2),
        Elapsed = TimeSpan.FromSeconds(3),
    };

    private static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" }, error = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exitCode = Jobs.Run(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
