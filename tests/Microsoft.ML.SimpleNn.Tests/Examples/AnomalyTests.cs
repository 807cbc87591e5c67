using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

/// <summary>Runs the example's entry point as the command line does.</summary>
[TestClass]
public sealed class AnomalyTests
{
    [TestMethod]
    public void Faults_of_the_pump_are_found_and_explained()
    {
        string output = RunWell();

        Assert.IsGreaterThan(0.95, Figure(output, "ROC curve *"));
        Assert.IsGreaterThan(0.8, Figure(output, @"detected *(\d+) of \d+, ") / 100);
        Assert.IsLessThan(0.03, Figure(output, @"alarms *(\d+) of \d+, ") / 100);
        Assert.HasCount(5, Regex.Matches(output, "^  anomaly  score .*: .*, expected ", RegexOptions.Multiline));
    }

    [TestMethod]
    public void Malignant_tumours_are_found_by_what_benign_ones_are_like()
    {
        string output = RunWell(Repository.SharedData("wdbc", "wdbc.data"));

        Assert.Contains("tested on 72 normal rows and 212 anomalies", output);
        Assert.IsGreaterThan(0.85, Figure(output, "ROC curve *"));
    }

    [TestMethod]
    public void A_file_that_is_not_there_or_of_another_form_ends_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["rows.csv"], "1,M,2,3\n");

        Assert.StartsWith("Could not find file", Run(folder["none.csv"]).Error);
        (int exitCode, string output, string error) = Run(folder["rows.csv"]);
        Assert.AreEqual((1, ""), (exitCode, output));
        Assert.AreEqual($"Line 1 of '{folder["rows.csv"]}' is not a number, M or B, and 30 measures, joined by commas, as in wdbc.data.", error.Trim());
    }

    [TestMethod]
    public void Help_shows_the_command() => Assert.Contains("--project examples/Anomaly", RunWell("--help"));

    private static double Figure(string output, string before) =>
        double.Parse(Regex.Match(output, $@"{before}(?<figure>[\d.]+)").Groups["figure"].Value, CultureInfo.InvariantCulture);

    private static string RunWell(params string[] args)
    {
        (int exitCode, string output, string error) = Run(args);
        Assert.AreEqual((0, ""), (exitCode, error));
        return output;
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = global::Anomaly.Program.Run(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
