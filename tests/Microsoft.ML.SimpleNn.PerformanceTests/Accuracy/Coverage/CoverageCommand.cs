using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Coverage;

/// <summary>The command "accuracy coverage": how often the intervals of regressions, and the prediction sets of classes, have the label of test rows.</summary>
internal static class CoverageCommand
{
    /// <summary>What --help prints of it.</summary>
    public const string Help = """
        accuracy coverage: how often intervals of numbers and prediction sets of classes have the label of a test row, by our trainer without other options.

          --data DIR        the folder with the data sets; default: ../shared/data
          --only LIST       only the data sets whose name contains one of these texts, joined by commas
          --coverage C      the coverage that is asked for; default: 0.9
          --seeds N         how often, with the seeds 0 to N - 1, which decide the split and the network; default: 5
          --networks N      the networks of the ensemble; default: 1
          --docs DIR        also writes the page DIR/accuracy/<processor>/coverage.md
        """;

    private const string Header = "| data | training rows | test rows | coverage | lowest and highest seed | of an | width or mean size | empty | accuracy |\n| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |";

    /// <summary>Runs the experiment and prints a table in Markdown.</summary>
    /// <param name="args">The arguments after "accuracy coverage".</param>
    /// <param name="output">Takes the table.</param>
    /// <exception cref="FormatException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        CoverageArguments arguments = CoverageArguments.Parse(args);
        output.WriteLine(Header);
        foreach (AccuracySet set in AllSets.Create(arguments.Data).Where(arguments.Wants))
        {
            CoveredRows[] covered = [.. Enumerable.Range(0, arguments.Seeds).SelectMany(seed => CoveredRows.Measure(set, arguments, seed))];
            double[] coverages = [.. covered.Select(one => one.Coverage)];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {set.Name} | {covered[0].TrainingRows:N0} | {covered[0].TestRows:N0} | " +
                $"{coverages.Average():F3} | {coverages.Min():F3}, {coverages.Max():F3} | {covered[0].What} | {covered.Average(one => one.Size):G4} | {covered.Average(one => one.Empty):F3} | {covered.Average(one => one.Accuracy):F3} |"));
            output.Flush();
        }
    }
}
