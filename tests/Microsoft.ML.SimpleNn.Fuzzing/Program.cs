// Alters saved models in many ways and loads them; SECURITY.md says what must come of it.
//   usage: Microsoft.ML.SimpleNn.Fuzzing <folder of zips> [--count N] [--seed N] [--threads N] [--seconds N] [--zip-every N] [--first N] [--keep FOLDER]
//   usage: Microsoft.ML.SimpleNn.Fuzzing make <folder> <version>      saves a model of every kind there, with its scores, for Models/Saved
// Exit code: 1 where an input ended with an exception of another type, after more than a second, or with more memory than its length accounts for.
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.SimpleNn.Fuzzing;

if (args[0] == "make")
{
    var scoresOfKinds = new List<string>();
    foreach (string kind in SampleModels.Kinds.Keys)
    {
        File.WriteAllBytes(Path.Combine(args[1], $"{kind}-v{args[2]}.zip"), SampleModels.Save(kind, out float[] scores));
        scoresOfKinds.Add($"{kind}-v{args[2]} {string.Join(' ', scores.Select(score => BitConverter.SingleToUInt32Bits(score).ToString("X8", CultureInfo.InvariantCulture)))}");
    }
    File.AppendAllLines(Path.Combine(args[1], "scores.txt"), scoresOfKinds);
    return 0;
}

SavedPart[] parts = [.. Directory.GetFiles(args[0], "*.zip").Order(StringComparer.Ordinal).Select(file => SavedPart.Find(Path.GetFileName(file), File.ReadAllBytes(file)))];
long start = Stopwatch.GetTimestamp();
FuzzReport report = new Fuzzer(parts, FuzzOptions.Parse(args[1..])).Run();
Console.Write(report);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s; peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
return report.Wrong == 0 ? 0 : 1;
