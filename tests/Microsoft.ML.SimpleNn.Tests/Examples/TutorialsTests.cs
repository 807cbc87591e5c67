using System.Globalization;
using System.Text.RegularExpressions;

namespace Microsoft.ML.SimpleNn.Tests.Examples;

/// <summary>The tutorials with our trainer, on small files of the tutorials' form.</summary>
[TestClass]
public sealed class TutorialsTests
{
    [TestMethod]
    public void Iris()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["train.txt"], Flowers(count: 60, seed: 1));
        File.WriteAllLines(folder["test.txt"], Flowers(count: 45, seed: 2));

        (int exitCode, string output, string error) = Run("iris", folder["train.txt"], folder["test.txt"]);

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.StartsWith("Iris, 59 flowers to learn from, 44 to test on", output, "the first line is a comment to ML.NET, and the first flower its header");
        Assert.IsGreaterThan(0.9, Number(output, "SimpleNn .*accuracy"));
    }

    [TestMethod]
    public void Taxi_fares()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["train.csv"], Trips(count: 500, seed: 1));
        File.WriteAllLines(folder["test.csv"], Trips(count: 300, seed: 2));

        (int exitCode, string output, string error) = Run("taxi", folder["train.csv"], folder["test.csv"]);

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.StartsWith("Taxi fares, 500 trips to learn from, 300 to test on", output);
        Assert.IsGreaterThan(Number(output, @"FastTree .*R²"), Number(output, @"SimpleNn .*R²"),
            "a fare that is a sum of a factor times the distance and a rate suits a network");
    }

    [TestMethod]
    public void Sentiment()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder["sentences.txt"], Sentences(count: 200, seed: 1));

        (int exitCode, string output, string error) = Run("sentiment", folder["sentences.txt"]);

        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.IsGreaterThan(0.95, Number(output, "SimpleNn .*AUC"));
    }

    [TestMethod]
    public void Wrong_command_lines_end_in_one_sentence()
    {
        Assert.AreEqual((1, "", "There is no file 'no-such-file'; --help says where it comes from.\n"), Run("sentiment", "no-such-file"));
        Assert.AreEqual((1, "", "Give the name of a sample and its files; --help explains.\n"), Run("taxi"));
        Assert.Contains("taxi-fare-train.csv", Run("--help").Output);
    }

    /// <summary>Three kinds of flowers: the larger ones have all four numbers larger, and a spread of a fifth.</summary>
    private static IEnumerable<string> Flowers(int count, int seed)
    {
        var random = new Random(seed);
        double[] sizes = [5.0, 3.0, 3.5, 1.0];
        return [.. Enumerable.Range(0, count)
            .Select(i => string.Join('\t', [Text(i % 3), .. sizes.Select(size => Text(size + i % 3 + 0.2 * random.NextDouble()))]))
            .Prepend("#Label\tSepal length\tSepal width\tPetal length\tPetal width")];
    }

    /// <summary>$3 and $2 a mile, a quarter more at rate 2, give or take fifty cents.</summary>
    private static IEnumerable<string> Trips(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double miles = 10 * random.NextDouble();
            int rate = random.Next(1, 3);
            double fare = (3 + 2 * miles) * (rate == 2 ? 1.25 : 1) + random.NextDouble() - 0.5;
            string vendor = random.Next(2) == 0 ? "VTS" : "CMT", payment = random.Next(2) == 0 ? "CRD" : "CSH";
            return string.Join(',', vendor, Text(rate), Text(random.Next(1, 5)), Text(240 * miles), Text(miles), payment, Text(fare));
        }).Prepend("vendor_id,rate_code,passenger_count,trip_time_in_secs,trip_distance,payment_type,fare_amount")];
    }

    /// <summary>A sentence, a tab, and 1 for praise or 0 for blame.</summary>
    private static IEnumerable<string> Sentences(int count, int seed)
    {
        var random = new Random(seed);
        string[] things = ["soup", "service", "pizza", "place", "coffee"], praise = ["great", "lovely", "friendly"], blame = ["cold", "slow", "awful"];
        return [.. Enumerable.Range(0, count).Select(i => $"The {things[random.Next(5)]} was {(i % 2 == 1 ? praise : blame)[random.Next(3)]} today\t{i % 2}")];
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Number(string output, string before) =>
        double.Parse(Regex.Match(output, before + @" ([\d.]+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static (int ExitCode, string Output, string Error) Run(params string[] args)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture) { NewLine = "\n" }, error = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exitCode = Tutorials.Program.Run(args, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
