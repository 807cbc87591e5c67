using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Trainers.SimpleNn;

namespace Microsoft.ML.SimpleNn.PerformanceTests.EndToEnd;

/// <summary>Trains on a generated file that is larger than the memory budget, in a process of its own, and tells how much memory that took at most.</summary>
internal static class StreamingCommand
{
    public const string Help = """
        streaming: peak memory and time of one epoch on generated files larger than the memory budget.
          --gigabytes LIST    sizes of the files, in GB of 2^30 bytes, joined by commas; default: 1,8
          --budget N          MemoryBudget, in MB of 2^20 bytes; default: 256
          --folder PATH       where the file is made, and deleted after; default: the system's folder for temporary files
        """;

    /// <summary>By what a child process knows its task.</summary>
    public const string Child = "streaming-run";

    /// <summary>Measures, and writes a table.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        string sizes = "1,8", budget = "256", folder = Path.GetTempPath();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            if (args[i] == "--gigabytes") sizes = args[i + 1];
            else if (args[i] == "--budget") budget = args[i + 1];
            else if (args[i] == "--folder") folder = args[i + 1];
            else throw new FormatException($"There is no option {args[i]}.");
        }

        output.WriteLine($"Machine: {Machine.Describe()}.");
        output.WriteLine($"{GeneratedRow.FeatureCount}-128-1, batch 128, one epoch, MemoryBudget {budget} MB");
        output.WriteLine();
        output.WriteLine("| file, GB | rows | peak resident memory, MB | seconds |");
        output.WriteLine("| ---: | ---: | ---: | ---: |");
        foreach (double gigabytes in Array.ConvertAll(sizes.Split(','), size => double.Parse(size, CultureInfo.InvariantCulture)))
        {
            string path = Path.Combine(folder, $"simplenn-{Guid.NewGuid():N}.bin");
            long rows = (long)(gigabytes * (1L << 30) / GeneratedFile.RowBytes);
            long free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
            if (free < 1.2 * rows * GeneratedFile.RowBytes) throw new FormatException($"The folder {folder} has {free >> 30} GB free, too little for a file of {gigabytes} GB: name another with --folder.");
            try
            {
                GeneratedFile.Write(path, rows);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {gigabytes} | {rows:N0} | {RunChild(path, budget)} |"));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The child's task: trains, and writes peak memory and time.</summary>
    public static void Train(string path, string budget, TextWriter output)
    {
        var ml = new MLContext(seed: 1);
        long start = Stopwatch.GetTimestamp();
        ml.BinaryClassification.Trainers.SimpleNn(new SimpleNnBinaryTrainer.Options
        {
            MemoryBudget = long.Parse(budget, CultureInfo.InvariantCulture) << 20,
            BatchSize = 128,
            NumberOfEpochs = 1,
        }).Fit(ml.Data.LoadFromEnumerable(GeneratedFile.Read(path)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} | {seconds:0.0}"));
    }

    private static string RunChild(string path, string budget)
    {
        string host = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(StreamingCommand).Assembly.Location] : [];
        using Process child = Process.Start(new ProcessStartInfo(host, [.. assembly, Child, path, budget]) { RedirectStandardOutput = true })!;
        string line = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? line.Trim() : throw new FormatException($"The training ended with exit code {child.ExitCode}.");
    }
}
