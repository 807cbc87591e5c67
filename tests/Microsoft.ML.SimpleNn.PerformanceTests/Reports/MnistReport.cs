using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Mnist;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>Whole trainings on MNIST, each in a process of its own, one after the other, over and over.</summary>
internal sealed class MnistReport : Report
{
    private const int QuickRounds = 1;
    private const int LongRounds = 5;
    private const int Epochs = 10;

    public override string Name => "mnist";

    public override string Run(Bench bench)
    {
        string folder = Path.Combine(bench.Arguments.Data, "mnist");
        if (!Directory.Exists(folder)) return $"Left out: there is no folder {folder}; say with --data where the data sets are.\n";

        int rounds = bench.Arguments.Long ? LongRounds : QuickRounds;
        var results = new Dictionary<string, List<double[]>>();
        for (int round = 0; round < rounds; round++)
        {
            foreach (MnistRun run in MnistRuns.All.Where(run => bench.Arguments.Long || !run.TakesMinutes)) Add(run.Name, StartThisProgram("mnist-run", run.Name, folder, bench.MostThreads.ToString(CultureInfo.InvariantCulture)));
            if (bench.Peers.OfType<ScikitLearnPeer>().Any())
                Add("scikit-learn MLPClassifier", ScikitLearnPeer.Start(bench.Arguments.Python, bench.MostThreads, "fit", folder, Epochs.ToString(CultureInfo.InvariantCulture)));
        }

        double ours = Statistics.Median(results[TrainerRun.Ours.Name].Select(result => result[0]));
        var table = new MarkdownTable("60,000 digits", "seconds", "/ ours", "accuracy on 10,000 others", "largest memory of the process, MB");
        foreach ((string name, List<double[]> values) in results)
        {
            double seconds = Statistics.Median(values.Select(value => value[0]));
            table.Add(
                name, Cell.Digits(seconds), Cell.Ratio(seconds / ours), Statistics.Median(values.Select(value => value[1])).ToString("0.0000", CultureInfo.InvariantCulture),
                Cell.Count(Statistics.Median(values.Select(value => value[2]))));
        }

        return $"784-128-10, ReLU, Adam, batch 128, 10 epochs, no validation, for the networks; {bench.MostThreads} threads; medians of {rounds}; what takes minutes only with --long.\n\n{table}";

        void Add(string name, Process process)
        {
            Console.Error.WriteLine(name);
            using (process)
            {
                Task<string> errors = process.StandardError.ReadToEndAsync();
                string line = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0) Console.Error.WriteLine(errors.Result); // left out of the table
                else if (results.TryGetValue(name, out List<double[]>? values)) values.Add(Parse(line));
                else results[name] = [Parse(line)];
            }
        }
    }

    private static double[] Parse(string line) => Array.ConvertAll(line.Trim().Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));

    private static Process StartThisProgram(params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(MnistReport).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(host, [.. assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
