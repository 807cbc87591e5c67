using System.Text;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Sets;
using Microsoft.ML.SimpleNn.PerformanceTests.Accuracy.Trainers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Accuracy;

/// <summary>Runs trainers on data sets with several seeds, and writes a data set's rows of the table as soon as they are known.</summary>
internal static class AccuracyRun
{
    /// <summary>Runs each trainer on each data set; what is known already is not run again.</summary>
    /// <returns>All that was written.</returns>
    public static string Run(
        IReadOnlyList<AccuracySet> sets, IReadOnlyList<AccuracyTrainer> trainers, int seeds, Figures figures, AccuracyTable table, TextWriter output)
    {
        var document = new StringBuilder();
        Write($"{Machine.Describe()}. Medians of the seeds 0 to {seeds - 1}.\n\n{table.Head}");
        foreach (AccuracySet set in sets)
        {
            var failures = new Dictionary<string, string>();
            for (int seed = 0; seed < seeds; seed++) Run(set, [.. trainers.Where(trainer => trainer.Takes(set))], seed, figures, failures);
            Write(table.Rows(set, failures));
        }

        Write("\n" + table.Summary(sets));
        return document.ToString();

        void Write(string text)
        {
            document.Append(text);
            output.Write(text);
            output.Flush();
        }
    }

    private static void Run(AccuracySet set, IEnumerable<AccuracyTrainer> trainers, int seed, Figures figures, Dictionary<string, string> failures)
    {
        IReadOnlyList<Split>? splits = null;
        foreach (AccuracyTrainer trainer in trainers)
        {
            if (set.Measures.All(measure => figures.Find(set.Name, trainer.Name, seed, measure) != null)) continue;
            try
            {
                splits ??= set.Split(new MLContext(seed), seed);
                Outcome outcome = trainer.Run(new MLContext(seed), set, splits, seed);
                foreach ((Measure measure, double value) in outcome.Values) figures.Add(new Figure(set.Name, set.Group, trainer.Name, seed, measure.Name, value, outcome.Seconds));
            }
            catch (Exception e) // whatever a trainer throws: the others and the other data sets go on
            {
                failures[trainer.Name] = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ").Replace('|', '/')}";
            }
        }
    }
}
