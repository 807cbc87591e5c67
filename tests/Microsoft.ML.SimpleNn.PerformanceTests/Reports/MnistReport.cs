using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.PerformanceTests.Measurement;
using Microsoft.ML.SimpleNn.PerformanceTests.Mnist;
using Microsoft.ML.SimpleNn.PerformanceTests.Peers;

namespace Microsoft.ML.SimpleNn.PerformanceTests.Reports;

/// <summary>Whole trainings on MNIST, each in a process of its own, one after the other, over and over.</summary>
internal sealed class MnistReport : Report
{
    private const int QuickRounds = 3;
    private const int LongRounds = 5;
    private const int Epochs = 10;

    public override string Name => "mnist";

    public override string Title => "Training on MNIST";

    public override string About =>
        "Ours is `Fit` on an `IDataView`, as a user calls it, with reading and measuring of the data. TorchSharp's is a loop over " +
        "tensors that are in memory already. Memory is that of the whole process, with the 60,000 digits as .NET arrays (190 MB). Each " +
        "Fit is the first of its process, so compilation counts.";

    public override string Run(Bench bench)
    {
        string folder = Path.Combine(bench.Arguments.Data, "mnist");
        if (!Directory.Exists(folder)) return $"Left out: there is no folder {folder}; say with --data where the data sets are.\n";

        int rounds = bench.Arguments.Long ? LongRounds : QuickRounds;
        var all = new List<Dictionary<string, double[]>>();
        var quiet = new List<Dictionary<string, double[]>>();
        for (int round = 0; round < rounds; round++)
        {
            bool isQuiet = true;
            var results = new Dictionary<string, double[]>();
            foreach ((string name, Func<Process> start) in Runs(bench, folder))
            {
                Console.Error.WriteLine(name);
                isQuiet &= bench.IsQuiet();
                using Process process = start();
                if (Finish(process) is { } result) results[name] = result;
            }

            all.Add(results);
            if (isQuiet && bench.IsQuiet()) quiet.Add(results);
        }

        var table = new MarkdownTable("60,000 digits", "seconds", "/ ours", "accuracy on 10,000 others", "largest memory of the process, MB");
        List<Dictionary<string, double[]>> counted = quiet.Count > 0 ? quiet : all;
        foreach (string name in all[0].Keys)
        {
            table.Add(
                name, Cell.Digits(Median(name, 0)), Cell.Ratio(Median(name, 0) / Median(TrainerRun.Ours.Name, 0)),
                Median(name, 1).ToString("0.0000", CultureInfo.InvariantCulture), Cell.Count(Median(name, 2)));
        }

        string which = quiet.Count > 0 ? $"of the {quiet.Count} quiet ones of {rounds} rounds" : $"of {rounds} rounds, of which none was quiet";
        return $"784-128-10, ReLU, Adam, batch 128, 10 epochs, no validation, for the networks; {bench.MostThreads} threads; medians {which}. With --long also ML.NET's others.\n\n{table}";

        double Median(string name, int column) => Statistics.Median(counted.Where(results => results.ContainsKey(name)).Select(results => results[name][column]));
    }

    private static IEnumerable<(string Name, Func<Process> Start)> Runs(Bench bench, string folder)
    {
        string threads = bench.MostThreads.ToString(CultureInfo.InvariantCulture);
        foreach (MnistRun run in MnistRuns.All.Where(run => bench.Arguments.Long || !run.TakesMinutes))
            yield return (run.Name, () => StartThisProgram("mnist-run", run.Name, folder, threads));
        if (bench.Peers.OfType<ScikitLearnPeer>().Any())
            yield return ("scikit-learn MLPClassifier", () => ScikitLearnPeer.Start(bench.Arguments.Python, bench.MostThreads, "fit", folder, Epochs.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Seconds, accuracy, memory; null where the program failed, as where a peer's natives do not load.</summary>
    private static double[]? Finish(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return Parse(line);
        Console.Error.WriteLine(errors.Result);
        return null;
    }

    private static double[] Parse(string line) => Array.ConvertAll(line.Trim().Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));

    private static Process StartThisProgram(params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(MnistReport).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(host, [.. assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
