using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Runs variants of the options on data sets with several seeds, and writes the medians as a table in Markdown, a row as soon as it is known.</summary>
internal static class AccuracyRun
{
    /// <summary>Runs each variant on each task.</summary>
    public static void Run(IReadOnlyList<AccuracyTask> tasks, IReadOnlyList<Variant> variants, int seeds, TextWriter output)
    {
        output.WriteLine(Machine.Describe());
        output.WriteLine();
        output.WriteLine($"| data | options | measure | goal | median of {seeds} | lowest | highest | seconds a run |");
        output.WriteLine("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (AccuracyTask task in tasks)
        {
            foreach (Variant variant in variants) Run(task, variant, seeds, output);
        }
    }

    private static void Run(AccuracyTask task, Variant variant, int seeds, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        double[][] results = [.. Enumerable.Range(0, seeds).Select(seed => task.Run(seed, variant.Configure))];
        double seconds = clock.Elapsed.TotalSeconds / seeds;
        for (int i = 0; i < task.Measures.Count; i++)
        {
            Measure measure = task.Measures[i];
            double[] values = [.. results.Select(result => result[i]).Order()];
            string goal = $"{(measure.LowerIsBetter ? "<=" : ">=")} {Text(measure.Goal)}";
            string median = measure.IsReachedBy(values[seeds / 2]) ? $"**{Text(values[seeds / 2])}**" : Text(values[seeds / 2]);
            output.WriteLine($"| {task.Name} | {variant.Name} | {measure.Name} | {goal} | {median} | {Text(values[0])} | {Text(values[^1])} | {seconds.ToString("0.0", CultureInfo.InvariantCulture)} |");
        }

        output.Flush();
    }

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
