using System.Globalization;
using System.Text.RegularExpressions;
using Tabular;
using TextSparse;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

/// <summary>Runs the examples' entry points as the command line does.</summary>
[TestClass]
public sealed class TabularAndTextTests
{
    [TestMethod]
    public void Tables_that_are_made_are_learnt_better_than_by_linear_models()
    {
        using var folder = new TemporaryFolder();
        (int exitCode, string output, string error) = Run(Jobs.Run, "--report", folder["report.html"]);

        Assert.AreEqual((0, ""), (exitCode, error));
        double[] auc = Numbers(output, @"AUC ([\d.]+)"), rmse = Numbers(output, @"RMSE \$([\d,]+)");
        Assert.IsGreaterThan(auc[0] + 0.02, auc[1]);
        Assert.IsLessThan(0.8 * rmse[0], rmse[1]);
        Assert.AreEqual(90, Numbers(output, @"([\d.]+) % of the test rows")[0], 4);
        AssertBothMeasuresBeginWith(output, "income", "latitude", "longitude");
        Assert.Contains("Occupation.Manager", File.ReadAllText(folder["report.html"]));
    }

    [TestMethod]
    public void Adult_and_California_housing()
    {
        (int exitCode, string output, _) = Run(Jobs.Run, "--adult", Repository.SharedData("adult"), "--housing", Repository.SharedData("california-housing"));

        Assert.AreEqual(0, exitCode);
        Assert.IsGreaterThan(0.908, Numbers(output, @"AUC ([\d.]+)")[1]);
        Assert.IsLessThan(53_000, Numbers(output, @"RMSE \$([\d,]+)")[1]);
        Assert.AreEqual(90, Numbers(output, @"([\d.]+) % of the test rows")[0], 3);
    }

    [TestMethod]
    public void Messages_that_are_made()
    {
        (int exitCode, string output, string error) = Run(SpamFilter.Run);

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.IsGreaterThan(0.98, Numbers(output, @"Accuracy ([\d.]+)")[0]);
        double[] spam = Numbers(output, @"(\d+) % spam");
        Assert.IsTrue(spam[0] > 90 && spam[1] < 10, output);
    }

    [TestMethod]
    public void The_SMS_spam_collection()
    {
        (int exitCode, string output, _) = Run(SpamFilter.Run, Repository.SharedData("sms-spam", "SMSSpamCollection"));

        Assert.AreEqual(0, exitCode);
        Assert.IsGreaterThan(0.98, Numbers(output, @"Accuracy ([\d.]+)")[0]);
        Assert.IsGreaterThan(0.93, Numbers(output, @"F1 of spam ([\d.]+)")[0]);
    }

    [TestMethod]
    public void Wrong_command_lines_end_in_one_sentence()
    {
        Assert.AreEqual((1, "", "There is no option --adults; --help lists them.\n"), Run(Jobs.Run, "--adults", "."));
        Assert.AreEqual((1, "", "--adult needs a folder that exists; --help explains.\n"), Run(Jobs.Run, "--adult", "no-such-folder"));
        Assert.AreEqual((1, "", "There is no file 'no-such-file'; --help explains.\n"), Run(SpamFilter.Run, "no-such-file"));
        using var folder = new TemporaryFolder();
        Assert.Contains("There is no file '", Run(Jobs.Run, "--adult", Directory.CreateDirectory(folder["empty"]).FullName).Error);
        Assert.Contains("--housing DIR", Run(Jobs.Run, "--help").Output);
        Assert.Contains("TextSparse [FILE]", Run(SpamFilter.Run, "--help").Output);
    }

    /// <summary>The made houses' value follows from three of the eight features, and from nothing else.</summary>
    private static void AssertBothMeasuresBeginWith(string output, params string[] features)
    {
        (string Name, double Moves, double Shuffled)[] rows =
        [
            .. Regex.Matches(output, @"^    ([a-z]+) +\$([\d,]+) +([+-]?)\$([\d,]+)$", RegexOptions.Multiline).Select(row =>
                (row.Groups[1].Value, Number(row.Groups[2].Value), Number(row.Groups[3].Value + row.Groups[4].Value))),
        ];

        Assert.HasCount(8, rows, output);
        CollectionAssert.AreEquivalent(features, rows.OrderByDescending(row => row.Moves).Take(features.Length).Select(row => row.Name).ToArray(), output);
        CollectionAssert.AreEquivalent(features, rows.OrderByDescending(row => row.Shuffled).Take(features.Length).Select(row => row.Name).ToArray(), output);

        static double Number(string text) => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private static double[] Numbers(string text, string pattern) =>
        [.. Regex.Matches(text, pattern).Select(match => double.Parse(match.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture))];

    private static (int ExitCode, string Output, string Error) Run(Func<string[], TextWriter, TextWriter, int> program, params string[] args)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" }, error = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exitCode = program(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
